// What a million messages would cost at other rates, and where two services change places. A panel for each batch size, of which the
// smallest, the middle and the largest are shown.

import { SERVICE_TITLES, SERVICES } from '../../model/service.ts';
import { MONTH_SECONDS } from '../compute-projection.ts';
import { formatCount, formatDecimal, formatNoun, formatUsdPerMillion } from '../format-number.ts';
import type { BreakEven, ProjectedSetting } from '../projection-json.ts';
import type { ReportJson } from '../report-json.ts';
import { type Axis, createLogAxis, formatShort, formatUsdTick } from './axis.ts';
import type { Chart, ChartDescription, ChartSize } from './chart.ts';
import { CHART_WIDTHS_PX, composeChart, createSvgDocument } from './compose-chart.ts';
import { drawLinePanel, type LineSeries, type Note } from './line-panel.ts';
import { computePerMillionUsd } from './rate-curve.ts';
import { titleSetting } from './series.ts';

const HEIGHT_PX = 250;
const PANELS_MAX = 3;
const CURVE_STEPS_OF_A_DECADE = 12;

export const costAtOtherRates: Chart = {
  name: 'cost-at-other-rates',

  describe({ projection }) {
    const batchSizes = pickBatchSizes(projection.settings);
    if (batchSizes.length === 0) return undefined;
    const breakEvens = listBreakEvens(projection.breakEvens, batchSizes).map(describeBreakEven);
    return {
      title: 'Cost at other rates, projected',
      alt: `Line charts, both axes logarithmic: US dollars per million messages against messages a second, for batch ${batchSizes.length === 1 ? 'size' : 'sizes'} ${batchSizes.map(formatCount).join(', ')}. ${breakEvens.length === 0 ? 'No two services change places.' : `Break-even points: ${breakEvens.join('; ')}.`}`,
    };
  },

  draw(report: ReportJson, description: ChartDescription, size: ChartSize): string {
    const document = createSvgDocument();
    const { settings, breakEvens } = report.projection;
    const batchSizes = pickBatchSizes(settings);
    const all = new Set(settings.map(({ batchSize }) => batchSize)).size;
    const panel = { widthPx: CHART_WIDTHS_PX[size], heightPx: HEIGHT_PX };
    const x = createRateAxis(settings, listBreakEvens(breakEvens, batchSizes));
    return composeChart({
      name: 'cost-at-other-rates',
      size,
      description,
      subtitle: `Projected from the batch sizes achieved in this run, at list prices of ${report.environment.region}. Ringed: break-even points. Hollow marks: a default quota is reached.${all > batchSizes.length ? ` Shown: ${batchSizes.length} of ${all} batch sizes.` : ''}`,
      report,
      document,
      panels: batchSizes.map((batchSize, index) => ({
        xPx: 0,
        yPx: index * panel.heightPx,
        ...panel,
        drawing: drawPanel({
          document,
          ...panel,
          x,
          batchSize,
          settings: settings.filter((setting) => setting.batchSize === batchSize),
          breakEvens: breakEvens.filter((breakEven) => breakEven.batchSize === batchSize),
        }),
      })),
    });
  },
};

function pickBatchSizes(settings: readonly ProjectedSetting[]): number[] {
  const batchSizes = [...new Set(settings.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
  if (batchSizes.length <= PANELS_MAX) return batchSizes;
  const last = batchSizes.length - 1;
  return batchSizes.filter((_, index) => [0, Math.round(last / 2), last].includes(index));
}

function listBreakEvens(breakEvens: readonly BreakEven[], batchSizes: readonly number[]): BreakEven[] {
  return breakEvens.filter(({ batchSize }) => batchSizes.includes(batchSize));
}

function describeBreakEven({ batchSize, messagesPerSecond, cheaperBelow, cheaperAbove }: BreakEven): string {
  return `batch size ${formatCount(batchSize)}, ${formatDecimal(messagesPerSecond, 2)} messages a second: below it ${SERVICE_TITLES[cheaperBelow]} is cheaper, above it ${SERVICE_TITLES[cheaperAbove]}`;
}

/** One for all panels, so that the eye can go down from one to the next. */
function createRateAxis(settings: readonly ProjectedSetting[], breakEvens: readonly BreakEven[]): Axis {
  const rates = [...settings.flatMap((setting) => setting.rates), ...breakEvens].map(
    ({ messagesPerSecond }) => messagesPerSecond,
  );
  return createLogAxis(rates, { label: 'messages a second (log scale)', formatTick: formatShort });
}

function drawPanel({
  settings,
  breakEvens,
  batchSize,
  x,
  ...panel
}: {
  readonly document: Parameters<typeof drawLinePanel>[0]['document'];
  readonly widthPx: number;
  readonly heightPx: number;
  readonly x: Axis;
  readonly batchSize: number;
  readonly settings: readonly ProjectedSetting[];
  readonly breakEvens: readonly BreakEven[];
}) {
  const notes = breakEvens.flatMap((breakEven) => createBreakEvenNote(breakEven, settings));
  const series = settings.map((setting) => createRateSeries(setting, x.domain));
  const costs = series.flatMap(({ points, curve }) => [
    ...points.map((point) => point.y),
    ...(curve ?? []).map(([, y]) => y),
  ]);
  const y = createLogAxis(costs, { label: 'USD per million messages (log scale)', formatTick: formatUsdTick });
  return drawLinePanel({
    ...panel,
    title: `Batch size ${formatCount(batchSize)}`,
    x,
    y,
    series,
    notes,
  });
}

function createRateSeries(setting: ProjectedSetting, [from, to]: readonly [number, number]): LineSeries {
  const steps = Math.round(Math.log10(to / from) * CURVE_STEPS_OF_A_DECADE);
  return {
    service: setting.service,
    points: setting.rates.map(({ messagesPerSecond, perMonthUsd, shards, limits }) => {
      const perMillionUsd = (perMonthUsd * 1_000_000) / (messagesPerSecond * MONTH_SECONDS);
      return {
        x: messagesPerSecond,
        y: perMillionUsd,
        isHollow: limits.length > 0,
        tip: [
          titleSetting(setting),
          `${formatCount(messagesPerSecond)} messages a second: $${formatUsdPerMillion(perMillionUsd)} per million messages`,
          `$${perMonthUsd < 100 ? perMonthUsd.toFixed(2) : formatCount(perMonthUsd)} a month${shards === undefined ? '' : `, ${formatNoun(shards, 'shard')}`}`,
          ...limits.map(({ quota, value, max }) => `${formatCount(value)} ${quota}, of ${formatCount(max)}`),
        ].join('\n'),
      };
    }),
    curve: Array.from({ length: steps + 1 }, (_, step) => {
      const rate = from * (to / from) ** (step / steps);
      return [rate, computePerMillionUsd(setting, rate)] as const;
    }),
  };
}

/** On the curve of the service that has no shards, which is exact at every rate. */
function createBreakEvenNote(breakEven: BreakEven, settings: readonly ProjectedSetting[]): Note[] {
  const { messagesPerSecond: rate, cheaperBelow, cheaperAbove } = breakEven;
  const pair = SERVICES.filter((service) => service === cheaperBelow || service === cheaperAbove);
  const setting = settings.find(({ service }) => service !== 'kinesis' && pair.includes(service));
  if (!setting) return [];
  const below = SERVICE_TITLES[cheaperBelow];
  const above = SERVICE_TITLES[cheaperAbove];
  return [
    {
      x: rate,
      y: computePerMillionUsd(setting, rate),
      label: `${formatDecimal(rate, rate < 10 ? 2 : 1)}/s`,
      tip: `Break-even at ${formatDecimal(rate, 2)} messages a second\nbelow: ${below} is cheaper than ${above}\nabove: ${above} is cheaper than ${below}`,
    },
  ];
}
