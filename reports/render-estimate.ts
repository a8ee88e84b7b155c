// What the plan expected beside what the bill came to.

import { SERVICE_TITLES } from '../model/service.ts';
import { ABSENT, formatCount, formatPercent, formatUsd } from './format-number.ts';
import { left, renderTable, right } from './render-table.ts';
import type { ReportJson } from './report-json.ts';

interface EstimateRow {
  readonly title: string;
  readonly batchSize?: number;
  readonly invocations?: { readonly expected: number; readonly actual: number };
  readonly estimateUsd: number;
  readonly actualUsd: number;
}

export function renderEstimate({ settings, harness, unfinishedTrials }: ReportJson): string {
  const rows: EstimateRow[] = settings.map(({ service, batchSize, invocations, cost }) => ({
    title: SERVICE_TITLES[service],
    batchSize,
    invocations: { expected: cost.estimate.invocations, actual: invocations },
    estimateUsd: cost.estimate.costUsd,
    actualUsd: cost.costUsd,
  }));
  const harnessRow = { title: 'harness', estimateUsd: harness.estimateUsd, actualUsd: harness.costUsd };
  const all = [...rows, harnessRow];
  const sum = (compute: (row: EstimateRow) => number) => all.reduce((total, row) => total + compute(row), 0);
  const runRow = {
    title: 'all',
    estimateUsd: sum(({ estimateUsd }) => estimateUsd),
    actualUsd: sum(({ actualUsd }) => actualUsd),
  };
  const unfinished = unfinishedTrials.length === 0 ? '' : ' Trials that did not end are left out on both sides.';
  return `At list price. The estimate is made before anything is published and is meant to be too high rather than too low: that is what \`costLimitUsd\` is held against. Actual is what this run's counts come to; the harness's durations and warm-ups are assumed there too. Below 100 % was overestimated.${unfinished}

${renderTable(
  [...all, runRow],
  [
    left<EstimateRow>('service', ({ title }) => title),
    right<EstimateRow>('batch size', ({ batchSize }) => (batchSize === undefined ? ABSENT : formatCount(batchSize))),
    right<EstimateRow>('invocations, estimate', ({ invocations }) => formatOptional(invocations?.expected)),
    right<EstimateRow>('actual', ({ invocations }) => formatOptional(invocations?.actual)),
    right<EstimateRow>('USD, estimate', ({ estimateUsd }) => formatUsd(estimateUsd)),
    right<EstimateRow>('actual', ({ actualUsd }) => formatUsd(actualUsd)),
    right<EstimateRow>('actual ÷ estimate', ({ estimateUsd, actualUsd }) =>
      estimateUsd === 0 ? ABSENT : formatPercent(actualUsd / estimateUsd),
    ),
  ],
)}`;
}

function formatOptional(value: number | undefined): string {
  return value === undefined ? ABSENT : formatCount(value);
}
