// The answer in a few sentences.

import { SERVICE_TITLES, SERVICES } from '../model/service.ts';
import type { Choice } from './choice-json.ts';
import { nameSetting } from './find-problems.ts';
import { formatCount, formatDecimal, formatMs, formatPercent, formatUsdPerMillion } from './format-number.ts';
import { renderRecommendation } from './render-choice.ts';
import type { SettingReport } from './report-json.ts';
import { isSameSetting } from './setting-id.ts';

/** Less of a difference than this share of the cost is none. */
const EQUAL_SHARE = 0.005;

/** What to take, what was cheapest, what was fastest, and what batching saves; a single sentence when there is nothing to compare. Lossy settings take no part. */
export function computeHeadline(settings: readonly SettingReport[], choice: Choice): string[] {
  const cheapest = findLeast(settings, ({ cost }) => cost.perMillionUsd);
  if (settings.length === 0 && choice.lossy.length > 0) return [renderRecommendation(choice)];
  if (!cheapest) return ['Nothing arrived, so there is nothing to compare.'];
  return [
    renderRecommendation(choice),
    describeCheapest(cheapest),
    ...describeFastest(settings, choice),
    ...describeSavings(settings),
  ];
}

function describeCheapest(setting: SettingReport): string {
  return `Cheapest: ${nameSetting(setting)}, $${formatUsdPerMillion(setting.cost.perMillionUsd)} per million messages at ${formatDecimal(setting.publish.messagesPerSecond, 1)} messages per second.`;
}

/** The end of the front, which has the lowest p99; by the median only where no setting has a p99. */
function describeFastest(settings: readonly SettingReport[], choice: Choice): string[] {
  const last = choice.front.at(-1);
  const fastest = last
    ? settings.find((setting) => isSameSetting(setting, last))
    : findLeast(settings, ({ arrival }) => arrival.quantilesMs[0.5]);
  if (!fastest) return [];
  const { 0.5: p50Ms, 0.99: p99Ms } = fastest.arrival.quantilesMs;
  const tail = p99Ms === undefined ? '' : `, 99 % within ${formatMs(p99Ms)} ms`;
  return [
    `Fastest: ${nameSetting(fastest)}, half of the messages in S3 within ${formatMs(p50Ms)} ms of their schedule${tail}.`,
  ];
}

/** For each service with more than one batch size: its smallest against its largest. */
function describeSavings(settings: readonly SettingReport[]): string[] {
  return SERVICES.flatMap((service) => {
    const priced = settings.filter(
      (setting) => setting.service === service && setting.cost.perMillionUsd !== undefined,
    );
    const byBatchSize = priced.toSorted((a, b) => a.batchSize - b.batchSize);
    const [smallest, largest] = [byBatchSize[0], byBatchSize.at(-1)];
    const beforeUsd = smallest?.cost.perMillionUsd;
    const afterUsd = largest?.cost.perMillionUsd;
    if (!smallest || !largest || smallest === largest || !beforeUsd || afterUsd === undefined) return [];
    const saved = 1 - afterUsd / beforeUsd;
    const change =
      Math.abs(saved) < EQUAL_SHARE
        ? 'costs about the same'
        : saved >= 0
          ? `saves ${formatPercent(saved)}`
          : `costs ${formatPercent(-saved)} more`;
    return [
      `${SERVICE_TITLES[service]}: batch size ${formatCount(largest.batchSize)} instead of ${formatCount(smallest.batchSize)} ${change} ($${formatUsdPerMillion(beforeUsd)} → $${formatUsdPerMillion(afterUsd)} per million), ${describeDelay(smallest, largest)}.`,
    ];
  });
}

function describeDelay(smallest: SettingReport, largest: SettingReport): string {
  return `and moves the median arrival from ${formatMs(smallest.arrival.quantilesMs[0.5])} to ${formatMs(largest.arrival.quantilesMs[0.5])} ms`;
}

/** The first setting with the lowest value; those without a value do not take part. */
function findLeast(
  settings: readonly SettingReport[],
  compute: (setting: SettingReport) => number | undefined,
): SettingReport | undefined {
  const ranked = settings.flatMap((setting) => {
    const value = compute(setting);
    return value === undefined ? [] : [{ setting, value }];
  });
  return ranked.toSorted((a, b) => a.value - b.value)[0]?.setting;
}
