// What CloudWatch keeps of the values of a period.

/** Values that came ready added up. */
export interface StatisticSet {
  readonly sum: number;
  /** At least 1. */
  readonly sampleCount: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface PeriodStatistics extends StatisticSet {
  /** The period's beginning, epoch milliseconds. */
  readonly startMs: number;
  /** With the values themselves. */
  readonly statistics: Statistics;
}

export function describePeriod(startMs: number, statistics: Statistics): PeriodStatistics {
  const { sum, sampleCount, minimum, maximum } = statistics;
  return { startMs, sum, sampleCount, minimum, maximum, statistics };
}

/** Runs of equal values kept of one minute; with more, its percentiles are not known. */
export const RUNS_MAX = 100_000;

export class Statistics implements StatisticSet {
  sum = 0;
  sampleCount = 0;
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;
  /** Runs of equal values, in the order in which they came; undefined when not all are known. */
  #values: number[] | undefined = [];
  #counts: number[] = [];

  /** `value`, so many times. */
  add(value: number, count = 1): void {
    this.#widen(value * count, count, value, value);
    this.#keep(value, count);
  }

  /**
   * "Percentile statistics are not available" of a set, unless it has one value or all of its values are the same.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Percentiles
   */
  addSet({ sum, sampleCount, minimum, maximum }: StatisticSet): void {
    this.#widen(sum, sampleCount, minimum, maximum);
    if (minimum === maximum) this.#keep(minimum, sampleCount);
    else this.#values = undefined;
  }

  merge(other: Statistics): void {
    this.#widen(other.sum, other.sampleCount, other.minimum, other.maximum);
    const values = other.#values;
    if (!values) this.#values = undefined;
    else for (const [index, value] of values.entries()) this.#keep(value, other.#counts[index] ?? 0);
  }

  /** Between the nearest values, by their distance. Undefined when not all values are known. `percent`: 0 to 100. */
  computePercentile(percent: number): number | undefined {
    if (!this.#values) return undefined;
    const runs = this.#values
      .map((value, index) => ({ value, count: this.#counts[index] ?? 0 }))
      .sort((a, b) => a.value - b.value);
    const rank = (percent / 100) * (this.sampleCount - 1);
    const lower = findAt(runs, Math.floor(rank));
    return lower + (findAt(runs, Math.ceil(rank)) - lower) * (rank - Math.floor(rank));
  }

  #widen(sum: number, count: number, minimum: number, maximum: number): void {
    this.sum += sum;
    this.sampleCount += count;
    if (minimum < this.minimum) this.minimum = minimum;
    if (maximum > this.maximum) this.maximum = maximum;
  }

  #keep(value: number, count: number): void {
    if (!this.#values) return;
    const last = this.#values.length - 1;
    if (this.#values[last] === value) {
      this.#counts[last] = (this.#counts[last] ?? 0) + count;
      return;
    }
    if (this.#values.length === RUNS_MAX) {
      this.#values = undefined;
      this.#counts = [];
      return;
    }
    this.#values.push(value);
    this.#counts.push(count);
  }
}

function findAt(runs: readonly { readonly value: number; readonly count: number }[], index: number): number {
  let end = 0;
  for (const { value, count } of runs) {
    end += count;
    if (index < end) return value;
  }
  return runs.at(-1)?.value ?? 0;
}

export function mergeStatistics(all: readonly Statistics[]): Statistics {
  const merged = new Statistics();
  for (const statistics of all) merged.merge(statistics);
  return merged;
}

/** By the name of the statistic in the API. */
export const STATISTICS: Readonly<Record<string, (statistics: StatisticSet) => number>> = {
  Sum: ({ sum }) => sum,
  SampleCount: ({ sampleCount }) => sampleCount,
  Average: ({ sum, sampleCount }) => sum / sampleCount,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** `p95`, `p99.9`: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** How a statistic is computed; undefined for one that is not modelled. Its value is undefined where it is not known. */
export function findStatistic(name: string): ((statistics: Statistics) => number | undefined) | undefined {
  const percent = PERCENTILE.exec(name)?.[1];
  if (percent !== undefined) return (statistics) => statistics.computePercentile(Number(percent));
  return Object.hasOwn(STATISTICS, name) ? STATISTICS[name] : undefined;
}
