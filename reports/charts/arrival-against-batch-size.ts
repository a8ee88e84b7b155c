// How long messages take to be in S3 at each batch size: the median and the p99, side by side on one scale.

import { formatMs, formatNoun } from '../format-number.ts';
import type { ReportJson } from '../report-json.ts';
import { createBatchSizeAxis, createLogAxis, formatMsTick } from './axis.ts';
import type { Chart, ChartDescription, ChartSize } from './chart.ts';
import { CHART_WIDTHS_PX, composeChart, createSvgDocument } from './compose-chart.ts';
import { drawLinePanel, type LineSeries } from './line-panel.ts';
import { createSeries, listServices, titleSetting } from './series.ts';

const PROBABILITIES = [0.5, 0.99] as const;
const TITLES = { 0.5: 'p50: half of the messages are in S3', 0.99: 'p99: 99 % of the messages are in S3' };
const NAMES = { 0.5: 'p50', 0.99: 'p99' };
const HEIGHT_PX = 330;

interface QuantileSeries {
  readonly probability: (typeof PROBABILITIES)[number];
  readonly series: readonly LineSeries[];
}

export const arrivalAgainstBatchSize: Chart = {
  name: 'arrival-against-batch-size',

  describe(report) {
    const quantiles = createQuantileSeries(report);
    if (quantiles.length === 0) return undefined;
    const parts = quantiles.map(
      ({ probability, series }) => `${NAMES[probability]}: ${series.map(describeRange).join('; ')}.`,
    );
    return {
      title: 'Arrival against batch size',
      alt: `Line charts, both axes logarithmic: time from a message's schedule to its being in S3 against batch size, for ${listServices(quantiles[0]?.series ?? [])}. ${parts.join(' ')}`,
    };
  },

  draw(report: ReportJson, description: ChartDescription, size: ChartSize): string {
    const document = createSvgDocument();
    const quantiles = createQuantileSeries(report);
    const points = quantiles.flatMap(({ series }) => series.flatMap((line) => line.points));
    const x = createBatchSizeAxis(points.map((point) => point.x));
    const y = createLogAxis(
      points.map((point) => point.y),
      { label: 'arrival (log scale)', formatTick: formatMsTick },
    );
    const columns = size === 'wide' ? quantiles.length : 1;
    const panel = { widthPx: CHART_WIDTHS_PX[size] / columns, heightPx: HEIGHT_PX };
    return composeChart({
      name: 'arrival-against-batch-size',
      size,
      description,
      subtitle: `${report.environment.emulated ? 'Latencies are modelled. ' : ''}Time from a message's schedule to its being in S3. Lower is better.${renderMissing(report)}`,
      report,
      document,
      panels: quantiles.map(({ probability, series }, index) => ({
        xPx: (index % columns) * panel.widthPx,
        yPx: Math.floor(index / columns) * panel.heightPx,
        ...panel,
        drawing: drawLinePanel({ document, ...panel, title: TITLES[probability], x, y, series }),
      })),
    });
  },
};

/** A percentile that no setting has messages enough for has no panel. */
function createQuantileSeries({ settings }: ReportJson): QuantileSeries[] {
  return PROBABILITIES.map((probability) => ({
    probability,
    series: createSeries(
      settings,
      ({ arrival }) => arrival.quantilesMs[probability],
      (setting) =>
        `${titleSetting(setting)}\n${NAMES[probability]} of arrival: ${formatMs(setting.arrival.quantilesMs[probability])} ms`,
    ),
  })).filter(({ series }) => series.length > 0);
}

function renderMissing({ settings }: ReportJson): string {
  const missing = settings.filter(({ arrival }) => arrival.quantilesMs[0.99] === undefined).length;
  return missing === 0 ? '' : ` A p99 takes 100 messages, which ${formatNoun(missing, 'setting')} did not have.`;
}

function describeRange({ service, points }: LineSeries): string {
  const values = points.map(({ y }) => y);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const range = min === max ? `${formatMs(min)} ms` : `${formatMs(min)} to ${formatMs(max)} ms`;
  return `${listServices([{ service }])} ${range}`;
}
