// What makes two runs not comparable as they stand, and what else differs.

import type { ResolvedInput } from '../../model/input.ts';
import { INPUT_FIELDS } from '../../model/input-fields.ts';
import { formatNoun } from '../format-number.ts';
import { TRIALS_ENOUGH } from '../render-intervals.ts';
import type { RunEnvironment } from '../report-facts.ts';
import type { ReportJson } from '../report-json.ts';

/** Whether a field of the input moves the figures of a setting that both runs have. */
const MOVES_FIGURES: Readonly<Record<keyof ResolvedInput, boolean>> = {
  batchSizes: false,
  services: false,
  ticks: true,
  tickSeconds: true,
  messagesPerTick: true,
  arrivals: true,
  publishBatchSize: true,
  payloadBytes: true,
  maximumBatchingWindowSeconds: true,
  endpointLookup: true,
  repetitions: true,
  costLimitUsd: false,
  drainTimeoutSeconds: false,
  thresholds: false,
  label: false,
};

export interface Differences {
  /** Sentences without their full stop. */
  readonly caveats: readonly string[];
  readonly remarks: readonly string[];
}

export function findDifferences(before: ReportJson, after: ReportJson): Differences {
  return {
    caveats: [
      ...compareEnvironments(before.environment, after.environment),
      ...compareInputs(before.input, after.input, true),
      ...comparePrices(before, after),
      ...describeFailure('before', before),
      ...describeFailure('after', after),
      ...describeFewTrials(before, after),
    ],
    remarks: [
      ...findSameness(before, after),
      ...compareSeeds(before, after),
      ...compareInputs(before.input, after.input, false),
    ],
  };
}

function compareEnvironments(before: RunEnvironment, after: RunEnvironment): string[] {
  const where = ({ emulated }: RunEnvironment) => (emulated ? 'emulated' : 'on AWS');
  return [
    ...describe('The run', where(before), where(after)),
    ...describe('The region', before.region, after.region),
    ...(before.emulated === after.emulated ? describe('The account', before.accountId, after.accountId) : []),
  ];
}

function compareInputs(before: ResolvedInput, after: ResolvedInput, movesFigures: boolean): string[] {
  return INPUT_FIELDS.filter(({ name }) => MOVES_FIGURES[name] === movesFigures).flatMap(({ name }) =>
    describe(`Input ${name}`, show(before[name]), show(after[name])),
  );
}

function show(value: unknown): string {
  return value === undefined ? 'not given' : JSON.stringify(value);
}

/** Of items that both were charged for. */
function comparePrices(before: ReportJson, after: ReportJson): string[] {
  return before.prices.flatMap(({ item, unitPriceUsd, quote }) => {
    const now = after.prices.find((price) => price.item === item);
    if (!now || now.unitPriceUsd === unitPriceUsd) return [];
    return describe(`The price of ${item}`, `$${quote}`, `$${now.quote}`);
  });
}

function describeFailure(side: 'before' | 'after', { verdict, problems }: ReportJson): string[] {
  if (verdict === 'good') return [];
  const [first = ''] = problems;
  const others = problems.length > 1 ? `, and ${formatNoun(problems.length - 1, 'more problem')}` : '';
  return [`The run ${side} is not good: ${first.replaceAll(/\s+/g, ' ')}${others}`];
}

/** Intervals of a few trials are too narrow, so that more of them lie apart than differ. */
function describeFewTrials(...reports: readonly ReportJson[]): string[] {
  const trials = reports.flatMap(({ settings }) =>
    settings.flatMap((setting) => (setting.intervals ? [setting.trials] : [])),
  );
  const least = Math.min(...trials);
  return least < TRIALS_ENOUGH
    ? [
        `With ${formatNoun(least, 'trial')} a setting intervals are too narrow, so that ≠ stands for chance more often than it should; take ${TRIALS_ENOUGH} repetitions or more`,
      ]
    : [];
}

function findSameness(before: ReportJson, after: ReportJson): string[] {
  const isSame = before.runId === after.runId && before.startedAt === after.startedAt;
  return isSame ? ['Both reports are of the same run'] : [];
}

function compareSeeds({ environment: before }: ReportJson, { environment: after }: ReportJson): string[] {
  if (!before.emulated || !after.emulated) return [];
  return describe('The seed', String(before.seed), String(after.seed));
}

function describe(subject: string, before: string, after: string): string[] {
  return before === after ? [] : [`${subject} was ${before} before, and is ${after} after`];
}
