// What the money went to.

import { COST_CATEGORIES, COST_CATEGORY_TITLES, type CostCategory, type LineItem } from '../model/cost/line-item.ts';
import { computeCostPerMillionUsd } from '../model/cost/trial-cost.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import { formatCount, formatDecimal, formatUsd, formatUsdPerMillion } from './format-number.ts';
import { SETTING_COLUMNS } from './render-results.ts';
import { left, renderTable, right } from './render-table.ts';
import type { ReportJson, SettingReport } from './report-json.ts';

export function renderCosts({ settings, prices }: ReportJson): string {
  if (settings.length === 0) return 'There is nothing to bill.';
  return `List prices, without free tier, data transfer, storage or taxes. USD per million messages that arrived, by what it went to. *By the hour* is what the service costs while messages are published, whether many or few; at a higher rate it is spread over more of them:

${renderCategories(settings)}

The prices:

${renderTable(prices, [
  left('unit', ({ unit }) => unit),
  right('price (USD)', ({ quote }) => quote),
  left('price list of', ({ date }) => date),
  left('source', ({ source }) => source),
  left("AWS's page", ({ page }) => page),
])}`;
}

export function renderItemisedCosts({ settings }: ReportJson): string {
  return `In USD, for the messages of this run:

${renderItems(settings)}

Where the quantities come from:

${renderFormulas(settings)}`;
}

function renderCategories(settings: readonly SettingReport[]): string {
  return renderTable(settings, [
    ...SETTING_COLUMNS,
    ...COST_CATEGORIES.map((category) =>
      right<SettingReport>(COST_CATEGORY_TITLES[category], (setting) =>
        formatUsdPerMillion(computeShare(setting, category)),
      ),
    ),
    right('all', ({ cost }) => formatUsdPerMillion(cost.perMillionUsd)),
  ]);
}

/** Absent, not zero, where a service has no such item. */
function computeShare({ cost, arrived }: SettingReport, category: CostCategory): number | undefined {
  const items = cost.items.filter((item) => item.category === category);
  if (items.length === 0) return undefined;
  return computeCostPerMillionUsd(
    items.reduce((sum, { costUsd }) => sum + costUsd, 0),
    arrived,
  );
}

function renderItems(settings: readonly SettingReport[]): string {
  const rows = settings.flatMap((setting) => setting.cost.items.map((item) => ({ setting, item })));
  return renderTable(rows, [
    left('service', ({ setting }) => SERVICE_TITLES[setting.service]),
    right('batch size', ({ setting }) => formatCount(setting.batchSize)),
    left('item', ({ item }) => item.item),
    right('quantity', ({ item }) => formatQuantity(item.quantity)),
    left('unit', ({ item }) => item.unit),
    right('cost (USD)', ({ item }) => formatUsd(item.costUsd)),
  ]);
}

function renderFormulas(settings: readonly SettingReport[]): string {
  const lines = settings.flatMap(({ cost }) => cost.items.map(({ item, formula }) => `- ${item}: ${formula}.`));
  return [...new Set(lines)].join('\n');
}

export function renderHarness({ harness }: ReportJson): string {
  return `What it cost to drive and to count, USD ${formatUsd(harness.costUsd)} in all. It is no part of the comparison:

${renderTable(harness.items, [
  left<LineItem>('item', ({ item }) => item),
  right('quantity', ({ quantity }) => formatQuantity(quantity)),
  left('unit', ({ unit }) => unit),
  right('cost (USD)', ({ costUsd }) => formatUsd(costUsd)),
  left('quantity is', ({ formula }) => formula),
])}`;
}

/** Whole numbers as they are, others with the digits that matter. */
function formatQuantity(quantity: number): string {
  if (Number.isInteger(quantity)) return formatCount(quantity);
  return quantity >= 100 ? formatDecimal(quantity, 1) : formatUsd(quantity);
}
