// What a million messages cost at each batch size.

import { formatUsdPerMillion } from '../format-number.ts';
import type { ReportJson } from '../report-json.ts';
import { createBatchSizeAxis, createLogAxis, formatUsdTick } from './axis.ts';
import type { Chart, ChartDescription, ChartSize } from './chart.ts';
import { CHART_WIDTHS_PX, composeChart, createSvgDocument } from './compose-chart.ts';
import { drawLinePanel, type LineSeries } from './line-panel.ts';
import { createSeries, listServices, titleSetting } from './series.ts';

const HEIGHTS_PX: Readonly<Record<ChartSize, number>> = { wide: 360, narrow: 340 };

export const costAgainstBatchSize: Chart = {
  name: 'cost-against-batch-size',

  describe(report) {
    const series = createCostSeries(report);
    if (series.length === 0) return undefined;
    return {
      title: 'Cost against batch size',
      alt: `Line chart, both axes logarithmic: US dollars per million messages that arrived against batch size, for ${listServices(series)}. ${series.map(describeSeries).join(' ')}`,
    };
  },

  draw(report: ReportJson, description: ChartDescription, size: ChartSize): string {
    const document = createSvgDocument();
    const series = createCostSeries(report);
    const points = series.flatMap((line) => line.points);
    const panel = { widthPx: CHART_WIDTHS_PX[size], heightPx: HEIGHTS_PX[size] };
    const drawing = drawLinePanel({
      document,
      ...panel,
      x: createBatchSizeAxis(points.map(({ x }) => x)),
      y: createLogAxis(
        points.map(({ y }) => y),
        { label: 'USD per million messages (log scale)', formatTick: formatUsdTick },
      ),
      series,
    });
    return composeChart({
      name: 'cost-against-batch-size',
      size,
      description,
      subtitle: `List prices of ${report.environment.region}, without free tier. Lower is better.`,
      report,
      document,
      panels: [{ xPx: 0, yPx: 0, ...panel, drawing }],
    });
  },
};

function createCostSeries({ settings }: ReportJson): LineSeries[] {
  return createSeries(
    settings,
    ({ cost }) => cost.perMillionUsd,
    (setting) => `${titleSetting(setting)}\n$${formatUsdPerMillion(setting.cost.perMillionUsd)} per million messages`,
  );
}

function describeSeries({ points }: LineSeries): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const [firstTip, lastTip] = [first, last].map(({ tip }) =>
    tip.replace('\n', ': ').replace(' per million messages', ''),
  );
  return first === last ? `${firstTip}.` : `${firstTip}; at ${last.x}: ${lastTip?.split(': ')[1]}.`;
}
