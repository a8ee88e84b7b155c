// The report in brief, for a terminal.

import { renderEnvironment } from './render-markdown.ts';
import { renderCountsTable, renderLatencyTable } from './render-results.ts';
import type { ReportJson } from './report-json.ts';

/** Plain text: where it ran, the answer, the results, and what was wrong. */
export function renderSummary(report: ReportJson): string {
  const parts = [
    renderEnvironment(report).replaceAll('**', ''),
    renderCountsTable(report.settings),
    renderLatencyTable(report.settings),
    report.headline.join('\n'),
    report.problems.map((problem) => `Problem: ${problem}.`).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
