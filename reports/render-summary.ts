// The report in brief, for a terminal.

import { renderEnvironment } from './render-environment.ts';
import { renderCountsTable, renderLatencyTable } from './render-results.ts';
import type { ReportJson } from './report-json.ts';

const LINE_CHARACTERS_MAX = 150;

/** Plain text: whether it can be relied on, where it ran, the answer, the results, and what was wrong. */
export function renderSummary(report: ReportJson): string {
  const parts = [
    report.verdict === 'invalid' ? 'INVALID: the books do not balance, so no figure below should be relied on.' : '',
    renderEnvironment(report).replaceAll('**', ''),
    renderCountsTable(report.settings),
    renderLatencyTable(report.settings),
    report.headline.map(wrap).join('\n'),
    report.problems.map((problem) => `Problem: ${problem}.`).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Breaks a sentence between words; what follows is indented. */
export function wrap(sentence: string): string {
  const lines = [''];
  for (const word of sentence.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= LINE_CHARACTERS_MAX) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
