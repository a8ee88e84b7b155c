// Where the Markdown report shows its charts: they lie beside it as files.

import type { ChartName } from './charts/chart.ts';
import { describeCharts } from './charts/render-charts.ts';
import type { ReportJson } from './report-json.ts';

/** By the title of the section that a chart belongs to, at its end. */
const CHARTS_OF_SECTIONS: Readonly<Record<string, readonly ChartName[]>> = {
  Results: ['cost-against-batch-size', 'arrival-against-batch-size', 'arrival-distribution'],
  'Which setting to choose': ['cost-against-p99'],
  'At other rates': ['cost-at-other-rates'],
};

/** For each section, the images that go to its end; empty where it has no chart, or the run left nothing to draw. */
export function createChartImages(report: ReportJson): (sectionTitle: string) => string {
  const charts = describeCharts(report);
  return (sectionTitle) => {
    const names = CHARTS_OF_SECTIONS[sectionTitle] ?? [];
    return charts
      .filter(({ name }) => names.includes(name))
      .map(({ name, alt }) => `\n\n![${alt.replaceAll(/[[\]\\]/g, '\\$&')}](${name}.svg)`)
      .join('');
  };
}
