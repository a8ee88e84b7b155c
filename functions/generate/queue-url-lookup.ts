// How the generator finds the queue's URL: one of three ways, its time taken, the answer kept for as long as the
// execution environment lives.

import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { ResolvedInput } from '../../model/input.ts';
import type { GenerateVariables } from './parse-event.ts';

type EndpointLookup = ResolvedInput['endpointLookup'];

export interface LookupCost {
  /** Lookups that left the execution environment. */
  readonly lookups: number;
  readonly lookupMs: number;
}

export interface QueueUrlLookup {
  /** Finds the URL, unless it was found this way before. */
  find(way: EndpointLookup): Promise<void>;
  /** What lookups have cost since this was asked last. */
  takeCost(): LookupCost;
  /** What was found last. @throws {QueueUrlNotFoundError} before that. */
  queueUrl(): string;
}

/** Thrown when the place that was to hold the queue's URL holds none. */
export class QueueUrlNotFoundError extends Error {
  override name = 'QueueUrlNotFoundError';
}

export const NO_LOOKUPS: LookupCost = { lookups: 0, lookupMs: 0 };

export function createQueueUrlLookup(parts: {
  ssm: SSMClient;
  sqs: SQSClient;
  variables: Pick<GenerateVariables, 'QUEUE_URL' | 'QUEUE_URL_PARAMETER' | 'QUEUE_NAME'>;
}): QueueUrlLookup {
  const { ssm, sqs, variables } = parts;
  const found = new Map<EndpointLookup, string>([['environment', variables.QUEUE_URL]]);
  let current: string | undefined;
  let cost = NO_LOOKUPS;

  const ask = async (way: Exclude<EndpointLookup, 'environment'>): Promise<string | undefined> => {
    if (way === 'get-queue-url') {
      return (await sqs.send(new GetQueueUrlCommand({ QueueName: variables.QUEUE_NAME }))).QueueUrl;
    }
    return (await ssm.send(new GetParameterCommand({ Name: variables.QUEUE_URL_PARAMETER }))).Parameter?.Value;
  };

  return {
    async find(way) {
      current = found.get(way);
      if (current !== undefined || way === 'environment') return;
      const startedMs = Date.now();
      current = await ask(way);
      if (!current) throw new QueueUrlNotFoundError(`endpointLookup "${way}" gave no queue URL`);
      found.set(way, current);
      cost = { lookups: cost.lookups + 1, lookupMs: cost.lookupMs + Date.now() - startedMs };
    },
    takeCost() {
      const taken = cost;
      cost = NO_LOOKUPS;
      return taken;
    },
    queueUrl() {
      if (current === undefined) throw new QueueUrlNotFoundError('the queue URL was asked for before it was looked up');
      return current;
    },
  };
}
