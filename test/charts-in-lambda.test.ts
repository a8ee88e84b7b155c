// Charts and page as the reporter Lambda makes them: bundled, and in the emulator's sandbox.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { createTestLambda } from '../emulator/lambda/create-lambda.fixture.ts';
import { renderCharts } from '../reports/charts/render-charts.ts';
import { computeReport } from '../reports/compute-report.ts';
import { renderHtml } from '../reports/render-html.ts';
import { createReportFacts } from '../reports/report-facts.fixture.ts';

const ROOT = join(import.meta.dirname, '..');

/** What drawing and the page may add to the reporter's bundle. */
const BUNDLE_BYTES_MAX = 520 * 1024;

const HANDLER = `
import { createHash } from 'node:crypto';
import { renderCharts } from './reports/charts/render-charts.ts';
import { renderHtml } from './reports/render-html.ts';
const hash = (text) => createHash('sha256').update(text).digest('hex');
export const handler = async (report) => {
  const charts = renderCharts(report);
  return [...charts.map(({ svg }) => hash(svg)), hash(renderHtml(report, charts))];
};`;

test('the bundle draws in the sandbox what the sources draw outside, again and again, and stays small', async () => {
  const report = computeReport(createReportFacts());
  // As infra/node-function.ts has it bundled.
  const { outputFiles } = await build({
    stdin: { contents: HANDLER, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    write: false,
  });
  const [bundle] = outputFiles;
  const lambda = createTestLambda();
  lambda.createFunction(bundle?.text ?? '', { memorySizeMb: 512 });

  const first = await lambda.answer(report);
  const second = await lambda.answer(report);

  const charts = renderCharts(report);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(first).toEqual([...charts.map(({ svg }) => hash(svg)), hash(renderHtml(report, charts))]);
  expect(second).toEqual(first);
  expect(bundle?.contents.length).toBeLessThan(BUNDLE_BYTES_MAX);
});
