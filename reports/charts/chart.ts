// What every chart is made of: a name, a description for those who cannot see it, and a drawing.

import type { ReportJson } from '../report-json.ts';

/** The file's name, too. */
export type ChartName =
  | 'cost-against-batch-size'
  | 'arrival-against-batch-size'
  | 'cost-against-p99'
  | 'arrival-distribution'
  | 'cost-at-other-rates';

/** `wide` for a report on a desktop and for files, `narrow` for a phone's width. */
export type ChartSize = 'wide' | 'narrow';

export interface ChartDescription {
  readonly title: string;
  /** What the chart shows, for those who cannot see it. One paragraph, no Markdown. */
  readonly alt: string;
}

export interface Chart {
  readonly name: ChartName;
  /** Undefined when the report has nothing to draw. */
  describe(report: ReportJson): ChartDescription | undefined;
  /** The whole SVG document. `describe` must have given a description. */
  draw(report: ReportJson, description: ChartDescription, size: ChartSize): string;
}
