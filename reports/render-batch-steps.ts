// What larger batches save, in numbers.

import { SERVICE_TITLES, type Service } from '../model/service.ts';
import type { BatchStep, BatchStepEnd } from './cost-json.ts';
import { ABSENT, formatCount, formatDecimal, formatPercent, formatUsdPerMillion } from './format-number.ts';
import { left, renderTable, right } from './render-table.ts';

export function renderBatchSteps(steps: readonly BatchStep[]): string {
  if (steps.length === 0) return 'No service had two batch sizes to compare.';
  return `"Twice the batch, half the invocations", checked from each batch size to the next: what each figure became, as a multiple of what it was. *Expected* is 1 ÷ the batch's multiple; *per doubling* is the measured one spread over the doublings between the two sizes, 0.5 if the rule holds:

${renderTable(steps, [
  left<BatchStep>('service', ({ service }) => SERVICE_TITLES[service]),
  right<BatchStep>('batch size', ({ from, to }) => `${formatCount(from.batchSize)} → ${formatCount(to.batchSize)}`),
  right<BatchStep>('invocations, expected', ({ from, to }) => formatMultiple(from.batchSize / to.batchSize)),
  right<BatchStep>('measured', (step) => formatMultiple(computeInvocationsMultiple(step))),
  right<BatchStep>('per doubling', (step) => formatMultiple(computePerDoubling(step))),
  right<BatchStep>('Lambda, S3 and logs', ({ from, to }) =>
    formatMultiple(to.consumerPerMillionUsd / from.consumerPerMillionUsd),
  ),
  right<BatchStep>("service's fees", ({ from, to }) => formatMultiple(to.feesPerMillionUsd / from.feesPerMillionUsd)),
  right<BatchStep>('cost', ({ from, to }) => formatMultiple(sumUsd(to) / sumUsd(from))),
])}

The cost of Lambda, S3 and logs goes with invocations and objects. A service's fees are for messages and hours: EventBridge's shrink with the batch, as its producer packs it, SQS's as far as ten messages share a receive and a delete, the others' not at all. The more of the cost they are, the less a larger batch saves:

${describeServices(steps)}`;
}

/** The multiple of invocations per message. */
export function computeInvocationsMultiple({ from, to }: BatchStep): number {
  return to.invocationsPerMillion / from.invocationsPerMillion;
}

/** What each doubling of the batch did to the invocations, if all did the same. */
export function computePerDoubling(step: BatchStep): number {
  const doublings = Math.log2(step.to.batchSize / step.from.batchSize);
  return computeInvocationsMultiple(step) ** (1 / doublings);
}

/** The largest batch of each service. */
function describeServices(steps: readonly BatchStep[]): string {
  const largest = new Map<Service, BatchStepEnd>();
  for (const { service, to } of steps) largest.set(service, to);
  return [...largest]
    .map(([service, end]) => {
      const { batchSize, feesPerMillionUsd } = end;
      const allUsd = sumUsd(end);
      return `- ${SERVICE_TITLES[service]} at batch size ${formatCount(batchSize)}: $${formatUsdPerMillion(feesPerMillionUsd)} of $${formatUsdPerMillion(allUsd)} per million are its own fees (${formatPercent(feesPerMillionUsd / allUsd)}).`;
    })
    .join('\n');
}

function sumUsd({ consumerPerMillionUsd, feesPerMillionUsd }: BatchStepEnd): number {
  return consumerPerMillionUsd + feesPerMillionUsd;
}

/** Absent where there was nothing to be a multiple of. */
function formatMultiple(value: number): string {
  if (!Number.isFinite(value)) return ABSENT;
  return `× ${formatDecimal(value, value < 0.1 ? 3 : 2)}`;
}
