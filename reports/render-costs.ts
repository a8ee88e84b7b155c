// What the money went to.

import { COST_CATEGORIES, COST_CATEGORY_TITLES, type CostCategory, type LineItem } from '../model/cost/line-item.ts';
import { computeCostPerMillionUsd } from '../model/cost/trial-cost.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import { sumCategoriesUsd } from './cost-json.ts';
import { ABSENT, formatCount, formatDecimal, formatPercent, formatUsd, formatUsdPerMillion } from './format-number.ts';
import { renderBatchSteps } from './render-batch-steps.ts';
import { SETTING_COLUMNS } from './render-results.ts';
import { left, renderTable, right } from './render-table.ts';
import type { ReportJson, SettingReport } from './report-json.ts';

export function renderCosts({ settings, batchSteps }: ReportJson): string {
  if (settings.length === 0) return 'There is nothing to bill.';
  return `USD per million messages that arrived, without data transfer, storage or taxes. *List* is AWS's list price; *after free tier* takes off what AWS gives away each month, as if the account had used none of it yet, and shares what is beyond it among all settings and the harness in proportion. *At batch size 1* is what the same service costs at list price without batching:

${renderPerMillion(settings)}

${renderBasis(settings)}

Where the money goes, USD per million at list price. *By the hour* is what the service costs while messages are published, whether many or few; at a higher rate it is spread over more of them:

${renderCategories(settings)}

${renderBatchSteps(batchSteps)}`;
}

function renderPerMillion(settings: readonly SettingReport[]): string {
  return renderTable(settings, [
    ...SETTING_COLUMNS,
    right('list', ({ cost }) => formatUsdPerMillion(cost.perMillionUsd)),
    right('after free tier', ({ cost }) => formatUsdPerMillion(cost.perMillionAfterFreeTierUsd)),
    right('at batch size 1', ({ batchSize, cost }) => renderAtBatchSizeOne(batchSize, cost)),
    right('saved', ({ cost }) => renderSaved(cost)),
  ]);
}

function renderAtBatchSizeOne(batchSize: number, { perMillionUsd, atBatchSizeOne }: SettingReport['cost']): string {
  if (batchSize === 1) return formatUsdPerMillion(perMillionUsd);
  if (!atBatchSizeOne) return ABSENT;
  const mark = atBatchSizeOne.basis === 'modelled' ? ' (modelled)' : '';
  return `${formatUsdPerMillion(atBatchSizeOne.perMillionUsd)}${mark}`;
}

function renderSaved({ perMillionUsd, atBatchSizeOne }: SettingReport['cost']): string {
  if (!atBatchSizeOne || perMillionUsd === undefined) return ABSENT;
  return formatPercent(1 - perMillionUsd / atBatchSizeOne.perMillionUsd);
}

function renderBasis(settings: readonly SettingReport[]): string {
  const isModelled = settings.some(({ cost }) => cost.atBatchSizeOne?.basis === 'modelled');
  return isModelled
    ? "*Modelled*: this run had no batch size 1 of the service, so the setting's own messages are billed again by the same arithmetic, with an invocation and an object for each; an invocation is taken to last as long as the measured ones, less 0.1 ms for each further message of theirs."
    : 'Batch size 1 was measured in this run.';
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
  if (!cost.items.some((item) => item.category === category)) return undefined;
  return computeCostPerMillionUsd(sumCategoriesUsd(cost.items, [category]), arrived);
}

export function renderItemisedCosts({ settings, prices }: ReportJson): string {
  if (settings.length === 0) return 'There is nothing to bill.';
  return `In USD, for the messages of this run. After the free tier, 0 stands where the month's allowance covers all of it:

${renderItems(settings)}

${renderTrials(settings)}

Where the quantities come from:

${renderFormulas(settings.flatMap(({ cost }) => cost.items))}

The prices, and what is free each month for as long as the account exists (a dash: nothing). Accounts made after 2025-07-15 may have credits in its place:

${renderTable(prices, [
  left('unit', ({ unit }) => unit),
  right('price (USD)', ({ quote }) => quote),
  right('free each month', ({ freePerMonth }) => (freePerMonth === undefined ? ABSENT : formatCount(freePerMonth))),
  left('price list of', ({ date }) => date),
  left('source', ({ source }) => source),
  left("AWS's page", ({ page }) => page),
])}`;
}

function renderItems(settings: readonly SettingReport[]): string {
  const rows = settings.flatMap((setting) => setting.cost.items.map((item) => ({ setting, item })));
  return renderTable(rows, [
    left('service', ({ setting }) => SERVICE_TITLES[setting.service]),
    right('batch size', ({ setting }) => formatCount(setting.batchSize)),
    left('item', ({ item }) => item.item),
    right('quantity', ({ item }) => formatQuantity(item.quantity)),
    left('unit', ({ item }) => item.unit),
    right('list (USD)', ({ item }) => formatUsd(item.costUsd)),
    right('after free tier (USD)', ({ item }) => formatUsd(item.afterFreeTierUsd)),
  ]);
}

/** Each trial's items are in report.json; here a row for each. */
function renderTrials(settings: readonly SettingReport[]): string {
  if (settings.every(({ trials }) => trials === 1)) return 'Each setting had one trial, so these are its items too.';
  const rows = settings.flatMap(({ cost }) => cost.trials);
  return `Trial by trial; the items of each are in \`report.json\`:

${renderTable(rows, [
  left('trial', ({ trialId }) => `\`${trialId}\``),
  right('arrived', ({ arrived }) => formatCount(arrived)),
  right('list (USD)', ({ costUsd }) => formatUsd(costUsd)),
  right('after free tier (USD)', ({ afterFreeTierUsd }) => formatUsd(afterFreeTierUsd)),
  right('$ per million, list', ({ perMillionUsd }) => formatUsdPerMillion(perMillionUsd)),
])}`;
}

/** Items whose quantities come about in the same way share a line. */
function renderFormulas(items: readonly LineItem[]): string {
  const namesByFormula = new Map<string, Set<string>>();
  for (const { item, formula } of items) {
    namesByFormula.set(formula, (namesByFormula.get(formula) ?? new Set()).add(item));
  }
  return [...namesByFormula].map(([formula, names]) => `- ${[...names].join(', ')}: ${formula}.`).join('\n');
}

export function renderHarness({ harness }: ReportJson): string {
  return `What it cost to drive and to count, USD ${formatUsd(harness.costUsd)} in all at list price, ${formatUsd(harness.afterFreeTierUsd)} after the free tier. It is no part of the comparison:

${renderTable(harness.items, [
  left('item', ({ item }) => item),
  right('quantity', ({ quantity }) => formatQuantity(quantity)),
  left('unit', ({ unit }) => unit),
  right('list (USD)', ({ costUsd }) => formatUsd(costUsd)),
  right('after free tier (USD)', ({ afterFreeTierUsd }) => formatUsd(afterFreeTierUsd)),
])}

Where the quantities come from:

${renderFormulas(harness.items)}`;
}

/** Whole numbers as they are, others with the digits that matter. */
function formatQuantity(quantity: number): string {
  if (Number.isInteger(quantity)) return formatCount(quantity);
  return quantity >= 100 ? formatDecimal(quantity, 1) : formatUsd(quantity);
}
