// What a month costs at other rates than the run's. Each message costs what it did in the run; what a service costs by the hour
// follows from the rate.

import { computeBilledQuantity } from '../model/cost/after-free-tier.ts';
import { priceOf } from '../model/prices/price.ts';
import type { PriceItem } from '../model/prices/price-list.ts';
import { computeShards, findReachedQuotas, type Load } from '../model/rate-quotas.ts';
import type { BreakEven, ProjectedRate, ProjectedSetting, Projection } from './projection-json.ts';
import type { SettingReport } from './report-json.ts';

/** Messages a second. */
export const PROJECTED_RATES: readonly number[] = [1, 10, 100, 1000, 10_000, 100_000];
/** A month of 730 hours, as AWS's pricing pages count it. */
export const MONTH_SECONDS = 730 * 3600;

/** Break-even rates are looked for between these, in messages a second. */
const BREAK_EVEN_RATE_MIN = 0.01;
const BREAK_EVEN_RATE_MAX = 100_000;
const STEPS_OF_A_DECADE = 40;
const BISECTIONS = 40;

export interface ProjectionContext {
  readonly region: string;
  /** The stretch of time that a trial's messages were published over, seconds. */
  readonly loadSeconds: number;
}

/** @throws {UnknownPriceError} */
export function computeProjection(settings: readonly SettingReport[], context: ProjectionContext): Projection {
  const projected = settings.filter(({ arrived, invocations }) => arrived > 0 && invocations > 0);
  return {
    settings: projected.map((setting) => projectSetting(setting, context)),
    breakEvens: findBreakEvens(projected, context),
  };
}

function projectSetting(setting: SettingReport, context: ProjectionContext): ProjectedSetting {
  const { service, batchSize } = setting;
  return {
    service,
    batchSize,
    perMessageUsd: computePerMessageUsd(setting),
    rates: PROJECTED_RATES.map((messagesPerSecond) => projectRate(setting, messagesPerSecond, context)),
  };
}

function projectRate(setting: SettingReport, messagesPerSecond: number, context: ProjectionContext): ProjectedRate {
  const load = computeLoad(setting, messagesPerSecond);
  return {
    messagesPerSecond,
    perMonthUsd: computePerMonthUsd(setting, messagesPerSecond, context),
    perMonthAfterFreeTierUsd: computePerMonthAfterFreeTierUsd(setting, messagesPerSecond, context),
    ...(setting.service === 'kinesis' && { shards: computeShards(load) }),
    concurrency: load.concurrency,
    limits: findReachedQuotas(setting.service, load, context.region),
  };
}

function computeLoad(setting: SettingReport, messagesPerSecond: number): Load {
  const { publish, sent, arrived, invocations, durationMs, cost } = setting;
  const invocationsPerSecond = (messagesPerSecond * invocations) / arrived;
  const puts = cost.items.reduce((sum, { priceItem, quantity }) => sum + (priceItem === 's3.put' ? quantity : 0), 0);
  return {
    messagesPerSecond,
    bytesPerSecond: sent === 0 ? 0 : (messagesPerSecond * publish.bytes) / sent,
    entriesPerSecond: sent === 0 ? 0 : (messagesPerSecond * publish.entries) / sent,
    callsPerSecond: sent === 0 ? 0 : (messagesPerSecond * publish.calls) / sent,
    invocationsPerSecond,
    concurrency: (invocationsPerSecond * durationMs) / invocations / 1000,
    putsPerSecond: (messagesPerSecond * puts) / arrived,
  };
}

function computePerMessageUsd({ cost, arrived }: SettingReport): number {
  const items = cost.items.filter(({ category }) => category !== 'fixed');
  return items.reduce((sum, { costUsd }) => sum + costUsd, 0) / arrived;
}

/** @throws {UnknownPriceError} */
function computePerMonthUsd(setting: SettingReport, messagesPerSecond: number, context: ProjectionContext): number {
  const quantities = computeMonthlyQuantities(setting, messagesPerSecond, context);
  return [...quantities].reduce(
    (sum, [item, quantity]) => sum + quantity * priceOf(context.region, item).unitPriceUsd,
    0,
  );
}

/** @throws {UnknownPriceError} */
function computePerMonthAfterFreeTierUsd(
  setting: SettingReport,
  messagesPerSecond: number,
  context: ProjectionContext,
): number {
  const quantities = computeMonthlyQuantities(setting, messagesPerSecond, context);
  return [...quantities].reduce(
    (sum, [item, quantity]) => sum + computeBilledQuantity(item, quantity) * priceOf(context.region, item).unitPriceUsd,
    0,
  );
}

/** What a month takes of each price item. */
function computeMonthlyQuantities(
  setting: SettingReport,
  messagesPerSecond: number,
  { loadSeconds }: ProjectionContext,
): ReadonlyMap<PriceItem, number> {
  const quantities = new Map<PriceItem, number>();
  const monthsOfTrials = (setting.trials * loadSeconds) / MONTH_SECONDS;
  const messagesOfMonth = (messagesPerSecond * MONTH_SECONDS) / setting.arrived;
  for (const { category, priceItem, quantity } of setting.cost.items) {
    // Kinesis pays for its shards, SQS for the receives that bring nothing, at the rate measured in the run.
    const ofMonth =
      priceItem === 'kinesis.shard-hour'
        ? computeShards(computeLoad(setting, messagesPerSecond)) * (MONTH_SECONDS / 3600)
        : category === 'fixed'
          ? quantity / monthsOfTrials
          : quantity * messagesOfMonth;
    quantities.set(priceItem, (quantities.get(priceItem) ?? 0) + ofMonth);
  }
  return quantities;
}

function findBreakEvens(settings: readonly SettingReport[], context: ProjectionContext): BreakEven[] {
  const found = settings.flatMap((first, index) =>
    settings
      .slice(index + 1)
      .filter(({ batchSize, service }) => batchSize === first.batchSize && service !== first.service)
      .flatMap((second) => findBreakEvensOf(first, second, context)),
  );
  return found.sort((a, b) => a.batchSize - b.batchSize || a.messagesPerSecond - b.messagesPerSecond);
}

/** Looks for changes of sign on a logarithmic grid: a step up at the next shard can make more than one. */
function findBreakEvensOf(first: SettingReport, second: SettingReport, context: ProjectionContext): BreakEven[] {
  const differenceUsd = (rate: number) =>
    computePerMonthUsd(first, rate, context) - computePerMonthUsd(second, rate, context);
  const found: BreakEven[] = [];
  const steps = Math.round(Math.log10(BREAK_EVEN_RATE_MAX / BREAK_EVEN_RATE_MIN) * STEPS_OF_A_DECADE);
  const rateOf = (step: number) => BREAK_EVEN_RATE_MIN * 10 ** (step / STEPS_OF_A_DECADE);
  for (let step = 0; step < steps; step++) {
    const [low, high] = [rateOf(step), rateOf(step + 1)];
    const isFirstCheaper = differenceUsd(low) < 0;
    if (isFirstCheaper === differenceUsd(high) < 0) continue;
    found.push({
      batchSize: first.batchSize,
      messagesPerSecond: bisect(low, high, (rate) => differenceUsd(rate) < 0 === isFirstCheaper),
      cheaperBelow: isFirstCheaper ? first.service : second.service,
      cheaperAbove: isFirstCheaper ? second.service : first.service,
    });
  }
  return found;
}

function bisect(low: number, high: number, isBelow: (rate: number) => boolean): number {
  let [below, above] = [low, high];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = Math.sqrt(below * above);
    if (isBelow(middle)) below = middle;
    else above = middle;
  }
  return above;
}
