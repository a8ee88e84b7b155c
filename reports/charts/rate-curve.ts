// What a million messages cost at a rate that the report has no number for.

import { MONTH_SECONDS } from '../compute-projection.ts';
import type { ProjectedRate, ProjectedSetting } from '../projection-json.ts';

/**
 * Follows from the projected rates: what a message costs is the same at all of them, and the rest is paid by the hour. For a service
 * without shards that rest is one sum at every rate, so the result is exact. A shard's price times the shards is exact where the
 * projected rates on both sides have as many; between others the shards are taken to grow with the rate.
 */
export function computePerMillionUsd(setting: ProjectedSetting, messagesPerSecond: number): number {
  const perMonthUsd = computeFixedPerMonthUsd(setting, messagesPerSecond);
  return setting.perMessageUsd * 1_000_000 + (perMonthUsd * 1_000_000) / (messagesPerSecond * MONTH_SECONDS);
}

function computeFixedPerMonthUsd({ rates, perMessageUsd }: ProjectedSetting, messagesPerSecond: number): number {
  const [first] = rates;
  if (!first) return 0;
  // The first rate has the least of what each message costs, so that the least is lost in the difference.
  const fixedUsd = first.perMonthUsd - perMessageUsd * first.messagesPerSecond * MONTH_SECONDS;
  if (first.shards === undefined) return fixedUsd;
  return (fixedUsd / first.shards) * interpolateShards(rates, messagesPerSecond);
}

function interpolateShards(rates: readonly ProjectedRate[], messagesPerSecond: number): number {
  const above = rates.find((rate) => rate.messagesPerSecond >= messagesPerSecond) ?? rates.at(-1);
  const below = rates.findLast((rate) => rate.messagesPerSecond <= messagesPerSecond) ?? rates[0];
  if (above?.shards === undefined || below?.shards === undefined) return 0;
  const inProportion = (above.shards * messagesPerSecond) / above.messagesPerSecond;
  return Math.min(above.shards, Math.max(below.shards, inProportion));
}
