// All charts of a report.

import type { ReportJson } from '../report-json.ts';
import { arrivalAgainstBatchSize } from './arrival-against-batch-size.ts';
import { arrivalDistribution } from './arrival-distribution.ts';
import type { Chart, ChartDescription, ChartName, ChartWidth } from './chart.ts';
import { costAgainstBatchSize } from './cost-against-batch-size.ts';
import { costAgainstP99 } from './cost-against-p99.ts';
import { costAtOtherRates } from './cost-at-other-rates.ts';

/** In the order of the report. */
const CHARTS: readonly Chart[] = [
  costAgainstBatchSize,
  arrivalAgainstBatchSize,
  arrivalDistribution,
  costAgainstP99,
  costAtOtherRates,
];

export interface RenderedChart extends ChartDescription {
  readonly name: ChartName;
  /** A whole SVG document. */
  readonly svg: string;
}

/** Charts that have nothing to show are left out. The same report gives the same bytes. */
export function renderCharts(report: ReportJson, width: ChartWidth = 'wide'): RenderedChart[] {
  return CHARTS.flatMap((chart) => {
    const description = chart.describe(report);
    return description ? [{ name: chart.name, ...description, svg: chart.draw(report, description, width) }] : [];
  });
}
