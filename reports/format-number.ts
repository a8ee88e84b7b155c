// Numbers as people read them.

/** What a cell says where there is no number: no sample, or too few for this percentile. */
export const ABSENT = '–';

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0, signDisplay: 'negative' });

/** `12,345`. */
export function formatCount(value: number): string {
  return WHOLE.format(value);
}

/** Whole milliseconds, `1,234`. */
export function formatMs(valueMs: number | undefined): string {
  return valueMs === undefined ? ABSENT : WHOLE.format(Math.round(valueMs));
}

/** At most `digits` digits after the point and no zeros at the end: `9.7`, `10`. */
export function formatDecimal(value: number | undefined, digits: number): string {
  if (value === undefined) return ABSENT;
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value);
}

/** Always three digits after the point, so that a column lines up: `0.412`, `12.000`. */
export function formatUsdPerMillion(valueUsd: number | undefined): string {
  if (valueUsd === undefined) return ABSENT;
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(valueUsd);
}

/** Three significant digits, never an exponent: `0.0000123`, `1.23`, `1,234.57`. */
export function formatUsd(valueUsd: number): string {
  if (valueUsd === 0) return '0';
  const digits = Math.max(2, 2 - Math.floor(Math.log10(Math.abs(valueUsd))));
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.min(digits, 20),
  }).format(valueUsd);
}

/** `97 %`; below ten with a tenth, `1.2 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  // All but a little is not all: 99.87 % would round to 100 %.
  const isNearlyAll = percent > 99 && percent < 100;
  if (isNearlyAll) return `${formatDecimal(Math.floor(percent * 10) / 10, 1)} %`;
  return `${formatDecimal(percent, Math.abs(percent) < 10 ? 1 : 0)} %`;
}

/** `1 message`, `2 messages`. */
export function formatNoun(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
