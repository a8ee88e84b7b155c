// What report.json says of how sure its figures are.

import type { Interval } from '../model/bootstrap.ts';
import type { Service } from '../model/service.ts';

/** Percentiles of arrival that get an interval. The p99.9 of a few trials rests on too few messages of each to be drawn anew. */
export const INTERVAL_PROBABILITIES = [0.5, 0.9, 0.99] as const;

/** Percentiles of arrival that neighbouring batch sizes are compared by. */
export const COMPARED_PROBABILITIES = [0.5, 0.99] as const;

export type IntervalProbability = (typeof INTERVAL_PROBABILITIES)[number];

export type ComparedProbability = (typeof COMPARED_PROBABILITIES)[number];

/** At 95 %, by how much the trials of the setting differ. */
export interface SettingIntervals {
  /** By probability; rounded to a tenth of a millisecond. What the messages are too few for is absent. */
  readonly arrivalMs: Readonly<Partial<Record<IntervalProbability, Interval>>>;
  /** Rounded to a millionth of a US dollar. Absent when nothing arrived of some trial. */
  readonly perMillionUsd?: Interval;
}

/** A service at one batch size against the next larger one. */
export interface Comparison {
  readonly service: Service;
  readonly smaller: ComparedSetting;
  readonly larger: ComparedSetting;
  readonly perMillionUsd?: Difference<'cheaper' | 'dearer'>;
  /** By probability; in milliseconds. */
  readonly arrivalMs: Readonly<Partial<Record<ComparedProbability, Difference<'faster' | 'slower'>>>>;
}

export interface ComparedSetting {
  readonly batchSize: number;
  readonly trials: number;
}

/** Larger batch size less smaller, with its interval at 95 %, rounded as the figures themselves. */
export interface Difference<Verdict extends string> extends Interval {
  readonly difference: number;
  /** Of the larger batch size. No difference is shown when the interval holds zero. */
  readonly verdict: Verdict | typeof NO_DIFFERENCE;
}

export const NO_DIFFERENCE = 'no difference shown';
