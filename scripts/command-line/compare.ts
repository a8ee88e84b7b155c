// `showdown compare`: what changed from one report to another.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunComparison } from '../../reports/compare/comparison-json.ts';
import { computeComparison } from '../../reports/compare/compute-comparison.ts';
import { METRIC_NAMES, METRICS } from '../../reports/compare/metrics.ts';
import { parseRules } from '../../reports/compare/parse-rules.ts';
import {
  renderComparisonMarkdown,
  renderComparisonSummary,
  renderRules,
} from '../../reports/compare/render-comparison.ts';
import { EXIT_FAILED, EXIT_GOOD } from './exit-codes.ts';
import { loadReport } from './load-report.ts';

export interface CompareOptions {
  readonly before: string;
  readonly after: string;
  /** Such as `p99ArrivalMs>10%`. */
  readonly failOn: readonly string[];
  readonly json: boolean;
  readonly markdown: boolean;
  /** Standard output when not given. */
  readonly outFile: string | undefined;
}

/**
 * Resolves to the exit code.
 * @throws {InvalidRuleError}
 * @throws {ReportFileError} and the refusals of parseReport.
 */
export async function compare(options: CompareOptions): Promise<number> {
  // Before the reports are read: they may be right, and the rule wrong.
  const rules = parseRules(options.failOn);
  const { report: before } = await loadReport(options.before);
  const { report: after } = await loadReport(options.after);
  const comparison = computeComparison(before, after, rules);
  await writeOut(render(comparison, options), options.outFile);
  if (comparison.verdict === 'good') return EXIT_GOOD;
  if (options.json || options.markdown || options.outFile) process.stderr.write(`${renderRules(comparison)}\n`);
  return EXIT_FAILED;
}

function render(comparison: RunComparison, { json, markdown }: CompareOptions): string {
  if (json) return `${JSON.stringify(comparison, null, 2)}\n`;
  return markdown ? renderComparisonMarkdown(comparison) : `${renderComparisonSummary(comparison)}\n`;
}

async function writeOut(text: string, outFile: string | undefined): Promise<void> {
  if (outFile === undefined) {
    process.stdout.write(text);
    return;
  }
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(outFile, text);
}

/** For the end of --help: what --fail-on takes. */
export function describeMetrics(): string {
  const width = Math.max(...METRIC_NAMES.map((name) => name.length));
  return [
    'Metrics of --fail-on:',
    ...METRIC_NAMES.map((name) => `  ${name.padEnd(width)}  ${METRICS[name].meaning}`),
    '',
    'A margin with % is a share of the value before; without, it is in the unit of the metric. Put the rule in quotes.',
    "Example: --fail-on 'p99ArrivalMs>10%' --fail-on 'lostMessages>0'",
  ].join('\n');
}
