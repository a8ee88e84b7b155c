// Axes: where they begin and end, which ticks they have, and how a tick is written.

import { scale as createPlotScale } from '@observablehq/plot';
import { formatDecimal } from '../format-number.ts';

export interface Axis {
  readonly type: 'log' | 'linear';
  /** Ascending; on a logarithmic axis both are above 0. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly label: string;
  formatTick(value: number): string;
}

const STEPS = [1, 2, 5, 10];
/** Above so many decades only the powers of ten are ticks. */
const DECADES_WITH_STEPS_MAX = 3.2;
/** A domain spans at least this factor, so that it has ticks at all and does not blow up what hardly differs. */
const FACTOR_MIN = 4;

/** An axis that holds all `values`, which must be above 0 and at least one. It ends at ticks: 1, 2 or 5 times a power of ten. */
export function createLogAxis(
  values: readonly number[],
  { label, formatTick }: Pick<Axis, 'label' | 'formatTick'>,
): Axis {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const widening = Math.max(1, Math.sqrt(FACTOR_MIN / (max / min)));
  const domain = [floorToStep(min / widening), ceilToStep(max * widening)] as const;
  return { type: 'log', domain, ticks: listTicks(domain), label, formatTick };
}

/** An axis of batch sizes: every one is a tick, with a little room on both sides. */
export function createBatchSizeAxis(batchSizes: readonly number[]): Axis {
  const ticks = [...new Set(batchSizes)].sort((a, b) => a - b);
  const [min = 1, max = 1] = [ticks[0], ticks.at(-1)];
  const margin = (max / min) ** 0.03 * (min === max ? 2 : 1);
  return {
    type: 'log',
    domain: [min / margin, max * margin],
    ticks,
    label: 'batch size (messages, log scale)',
    formatTick: formatShort,
  };
}

function listTicks([min, max]: readonly [number, number]): number[] {
  const steps = Math.log10(max / min) > DECADES_WITH_STEPS_MAX ? [1] : [1, 2, 5];
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .flatMap((exponent) => steps.map((step) => scaleByPowerOfTen(step, exponent)))
    .filter((tick) => tick >= min * 0.999 && tick <= max * 1.001);
}

function floorToStep(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const step = STEPS.findLast((candidate) => scaleByPowerOfTen(candidate, exponent) <= value * 1.001) ?? 1;
  return scaleByPowerOfTen(step, exponent);
}

function ceilToStep(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const step = STEPS.find((candidate) => scaleByPowerOfTen(candidate, exponent) >= value * 0.999) ?? 10;
  return scaleByPowerOfTen(step, exponent);
}

/** Exact, where a product would be 0.30000000000000004. */
function scaleByPowerOfTen(step: number, exponent: number): number {
  return Number(`${step}e${exponent}`);
}

/** The ticks whose labels fit beside each other, `labelPx` wide; the first and the last always do. */
export function pickLabels(axis: Axis, lengthPx: number, labelPx: number): ReadonlySet<number> {
  const position = createScale(axis, [0, lengthPx]);
  const last = axis.ticks.at(-1);
  const picked: number[] = [];
  // Powers of ten go first, as the eye looks for them.
  for (const tick of axis.ticks.toSorted((a, b) => rank(a, axis, last) - rank(b, axis, last))) {
    if (picked.every((other) => Math.abs(position(tick) - position(other)) >= labelPx)) picked.push(tick);
  }
  return new Set(picked);
}

function rank(tick: number, { ticks: [first] }: Axis, last: number | undefined): number {
  if (tick === first || tick === last) return 0;
  return Number.isInteger(Math.log10(tick)) ? 1 : 2;
}

/** From a value to pixels. */
export function createScale({ type, domain }: Axis, rangePx: readonly [number, number]): (value: number) => number {
  const { apply } = createPlotScale({ x: { type, domain: [...domain], range: [...rangePx] } });
  return (value) => Number(apply(value));
}

/** `1`, `500`, `1k`, `1.5k`, `100k`, `1M`. */
export function formatShort(value: number): string {
  if (value >= 1e6) return `${formatDecimal(value / 1e6, 1)}M`;
  if (value >= 1000) return `${formatDecimal(value / 1000, 1)}k`;
  return formatDecimal(value, 3);
}

/** `$0.05`, `$1`, `$20`, `$1k`. */
export function formatUsdTick(valueUsd: number): string {
  return valueUsd < 1000 ? `$${formatDecimal(valueUsd, 6)}` : `$${formatShort(valueUsd)}`;
}

/** `200 ms`, `1 s`, `100 s`. */
export function formatMsTick(valueMs: number): string {
  return valueMs < 1000 ? `${formatDecimal(valueMs, 3)} ms` : `${formatDecimal(valueMs / 1000, 3)} s`;
}
