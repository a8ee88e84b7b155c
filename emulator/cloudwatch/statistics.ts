// What CloudWatch keeps of the values of a period.

export interface Statistics {
  readonly sum: number;
  /** At least 1. */
  readonly sampleCount: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface PeriodStatistics extends Statistics {
  /** The period's beginning, epoch milliseconds. */
  readonly startMs: number;
}

export function computeStatisticsOf(value: number): Statistics {
  return { sum: value, sampleCount: 1, minimum: value, maximum: value };
}

export function mergeStatistics(a: Statistics, b: Statistics): Statistics {
  return {
    sum: a.sum + b.sum,
    sampleCount: a.sampleCount + b.sampleCount,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}

/** By the name of the statistic in the API. */
export const STATISTICS: Readonly<Record<string, (statistics: Statistics) => number>> = {
  Sum: ({ sum }) => sum,
  SampleCount: ({ sampleCount }) => sampleCount,
  Average: ({ sum, sampleCount }) => sum / sampleCount,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};
