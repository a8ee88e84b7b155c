// Where random facts come from: API Ninjas when somebody stored a key for it, else the pool that ships with us.

import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { PublishTotals } from '../../model/trial.ts';
import { FACTS } from './facts.ts';

export interface FactPool {
  readonly source: PublishTotals['factSource'];
  /** At least one, each of at most 200 characters. */
  readonly facts: readonly string[];
}

export interface FactSource {
  /** The same pool for as long as the execution environment lives. Never fails: the shipped pool is always there. */
  load(): Promise<FactPool>;
}

const SHIPPED: FactPool = { source: 'shipped', facts: FACTS };
/** https://api-ninjas.com/api/facts: one fact a call, unless one pays. */
const FACTS_URL = 'https://api.api-ninjas.com/v1/facts';
const FACT_CALLS = 10;
const TIMEOUT_MS = 2000;
const FACT_CHARACTERS_MAX = 200;

export function createFactSource(parts: {
  ssm: SSMClient;
  parameterName: string;
  fetch: typeof globalThis.fetch;
}): FactSource {
  let pool: Promise<FactPool> | undefined;
  return {
    load() {
      pool ??= fetchPool(parts).catch(() => SHIPPED);
      return pool;
    },
  };
}

async function fetchPool(parts: {
  ssm: SSMClient;
  parameterName: string;
  fetch: typeof globalThis.fetch;
}): Promise<FactPool> {
  const { Parameter } = await parts.ssm.send(
    new GetParameterCommand({ Name: parts.parameterName, WithDecryption: true }),
  );
  const apiKey = Parameter?.Value;
  if (!apiKey) return SHIPPED;
  const answers = await Promise.allSettled(Array.from({ length: FACT_CALLS }, () => fetchFacts(parts.fetch, apiKey)));
  const facts = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  return facts.length > 0 ? { source: 'api-ninjas', facts: [...new Set(facts)] } : SHIPPED;
}

async function fetchFacts(fetch: typeof globalThis.fetch, apiKey: string): Promise<string[]> {
  const response = await fetch(FACTS_URL, {
    headers: { 'X-Api-Key': apiKey },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer: unknown = response.ok ? await response.json() : [];
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'fact' in item && typeof item.fact === 'string' && item.fact !== ''
      ? item.fact.slice(0, FACT_CHARACTERS_MAX)
      : [],
  );
}
