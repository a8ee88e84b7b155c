// The settings of each service that have a number to draw, in order of their batch sizes.

import { SERVICE_TITLES, SERVICES } from '../../model/service.ts';
import { formatCount } from '../format-number.ts';
import type { SettingReport } from '../report-json.ts';
import type { SettingId } from '../setting-id.ts';
import { formatShort } from './axis.ts';
import type { LineSeries } from './line-panel.ts';

/** Logarithmic axes have no place for zero and below: such settings are left out, as are those without a number. */
export function createSeries(
  settings: readonly SettingReport[],
  compute: (setting: SettingReport) => number | undefined,
  renderTip: (setting: SettingReport) => string,
): LineSeries[] {
  return SERVICES.map((service) => ({
    service,
    points: settings
      .filter((setting) => setting.service === service)
      .flatMap((setting) => {
        const y = compute(setting);
        return y !== undefined && y > 0 ? [{ x: setting.batchSize, y, tip: renderTip(setting) }] : [];
      })
      .sort((a, b) => a.x - b.x),
  })).filter(({ points }) => points.length > 0);
}

/** `SQS, batch size 10`: the first line of a tip. */
export function titleSetting({ service, batchSize }: SettingId): string {
  return `${SERVICE_TITLES[service]}, batch size ${formatCount(batchSize)}`;
}

/** `10`, `200–10k` when all those between are meant too, else `1, 5`. `all` are those of the service. */
export function nameBatchSizes(batchSizes: readonly number[], all: readonly number[]): string {
  const sorted = batchSizes.toSorted((a, b) => a - b);
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  const isRange = sorted.length > 1 && all.every((other) => other < first || other > last || sorted.includes(other));
  return isRange ? `${formatShort(first)}–${formatShort(last)}` : sorted.map(formatShort).join(', ');
}

/** `EventBridge, SQS and Data Firehose`. */
export function listServices(series: readonly Pick<LineSeries, 'service'>[]): string {
  const titles = series.map(({ service }) => SERVICE_TITLES[service]);
  const last = titles.at(-1);
  return titles.length > 1 ? `${titles.slice(0, -1).join(', ')} and ${last}` : (last ?? '');
}
