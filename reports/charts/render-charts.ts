// All charts of a report.

import type { ReportJson } from '../report-json.ts';
import { arrivalAgainstBatchSize } from './arrival-against-batch-size.ts';
import { arrivalDistribution } from './arrival-distribution.ts';
import type { Chart, ChartDescription, ChartName, ChartSize } from './chart.ts';
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

export interface DescribedChart extends ChartDescription {
  readonly name: ChartName;
}

export interface RenderedChart extends DescribedChart {
  /** A whole SVG document. */
  readonly svg: string;
}

/** The charts that the report has something to show in. */
export function describeCharts(report: ReportJson): DescribedChart[] {
  return CHARTS.flatMap((chart) => {
    const description = chart.describe(report);
    return description ? [{ name: chart.name, ...description }] : [];
  });
}

/** Charts that have nothing to show are left out. The same report gives the same bytes. */
export function renderCharts(report: ReportJson, size: ChartSize = 'wide'): RenderedChart[] {
  return CHARTS.flatMap((chart) => {
    const description = chart.describe(report);
    return description ? [{ name: chart.name, ...description, svg: chart.draw(report, description, size) }] : [];
  });
}
