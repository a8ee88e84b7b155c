// What a month costs at other rates, for people.

import { SERVICE_TITLES } from '../model/service.ts';
import { formatCount, formatDecimal } from './format-number.ts';
import type { ProjectedRate, ProjectedSetting, Projection } from './projection-json.ts';
import { left, renderTable, right } from './render-table.ts';

export function renderProjection({ settings, breakEvens }: Projection): string {
  if (settings.length === 0) return 'Nothing arrived, so there is nothing to project.';
  return `USD for a month of 730 hours at a steady rate of so many messages a second, at list price. Projected, not measured: every message costs what it did in this run, at the batch size it achieved; shards of Kinesis are added as the rate takes them, and the receives of SQS that bring nothing stay as many as in this run. A mark stands where a default quota is reached:

${renderRates(settings, ({ perMonthUsd }) => perMonthUsd)}

The same after AWS's monthly free allowances, if one setting alone uses them. They matter at low rates and are lost in the bill at high ones:

${renderRates(settings, ({ perMonthAfterFreeTierUsd }) => perMonthAfterFreeTierUsd)}
${renderLimits(settings)}${renderBreakEvens(breakEvens)}`;
}

function renderRates(settings: readonly ProjectedSetting[], computeUsd: (rate: ProjectedRate) => number): string {
  const rates = settings[0]?.rates ?? [];
  return renderTable(settings, [
    left<ProjectedSetting>('service', ({ service }) => SERVICE_TITLES[service]),
    right<ProjectedSetting>('batch size', ({ batchSize }) => formatCount(batchSize)),
    ...rates.map(({ messagesPerSecond }, index) =>
      right<ProjectedSetting>(`${formatCount(messagesPerSecond)}/s`, (setting) => {
        const rate = setting.rates[index];
        return rate ? `${formatUsdPerMonth(computeUsd(rate))}${rate.limits.length > 0 ? ' *' : ''}` : '';
      }),
    ),
  ]);
}

/** Cents below a hundred dollars, whole dollars above. */
function formatUsdPerMonth(valueUsd: number): string {
  return valueUsd < 100 ? valueUsd.toFixed(2) : formatCount(valueUsd);
}

function renderLimits(settings: readonly ProjectedSetting[]): string {
  const lines = [...settings.flatMap(renderReachedQuotas), ...settings.flatMap(renderShards)];
  return lines.length === 0
    ? ''
    : `\nDefault quotas that are reached (\\*), most of which AWS raises on request, and shards:\n\n${lines.join('\n')}\n`;
}

/** Each quota once, at the first rate that reaches it: higher rates reach it too. */
function renderReachedQuotas({ service, batchSize, rates }: ProjectedSetting): string[] {
  const parts = rates.flatMap(({ messagesPerSecond, limits }, index) => {
    const before = new Set(rates.slice(0, index).flatMap((rate) => rate.limits.map(({ quota }) => quota)));
    const reached = limits.filter(({ quota }) => !before.has(quota));
    if (reached.length === 0) return [];
    const quotas = reached.map(({ quota, max }) => `${formatCount(max)} ${quota}`).join(', ');
    return [`from ${formatCount(messagesPerSecond)} messages a second ${quotas}`];
  });
  return parts.length === 0
    ? []
    : [`- ${SERVICE_TITLES[service]} at batch size ${formatCount(batchSize)}: ${parts.join('; ')}.`];
}

function renderShards({ service, batchSize, rates }: ProjectedSetting): string[] {
  if (service !== 'kinesis' || rates.at(-1)?.shards === undefined) return [];
  const counts = rates.map(({ shards }) => formatCount(shards ?? 1)).join(', ');
  return [`- Kinesis Data Streams at batch size ${formatCount(batchSize)} takes ${counts} shards at these rates.`];
}

function renderBreakEvens(breakEvens: Projection['breakEvens']): string {
  if (breakEvens.length === 0) return '\nNo two services change places between 0.01 and 100,000 messages a second.\n';
  const lines = breakEvens.map(
    ({ batchSize, messagesPerSecond, cheaperBelow, cheaperAbove }) =>
      `- Batch size ${formatCount(batchSize)}: below ${formatDecimal(messagesPerSecond, 2)} messages a second ${SERVICE_TITLES[cheaperBelow]} is cheaper than ${SERVICE_TITLES[cheaperAbove]}, above it the other way round.`,
  );
  return `\nWhere two services cost the same, at list price:\n\n${lines.join('\n')}\n`;
}
