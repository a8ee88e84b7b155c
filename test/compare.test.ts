// `showdown compare`, as a user runs it.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeSetting, createReport, withArrivalMs } from '../reports/compare/change-report.fixture.ts';
import { METRIC_NAMES } from '../reports/compare/metrics.ts';
import { runShowdown } from './run-showdown.ts';

const SQS_10 = { service: 'sqs', batchSize: 10 } as const;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
  const write = (runId: string, text: string) => {
    mkdirSync(join(folder, 'runs', runId), { recursive: true });
    writeFileSync(join(folder, 'runs', runId, 'report.json'), text);
  };
  const before = changeSetting(createReport(), SQS_10, withArrivalMs({ 0.5: 500, 0.99: 1000 }));
  const after = changeSetting(createReport(), SQS_10, withArrivalMs({ 0.5: 500, 0.99: 1100 }));
  write('before', JSON.stringify(before));
  write('after', JSON.stringify(after));
  write('older', JSON.stringify({ ...before, schemaVersion: 1 }));
  write('broken', JSON.stringify({ ...before, verdict: 'fine', startedAt: 'now' }));
});

afterAll(() => rmSync(folder, { recursive: true }));

function compare(...commandArguments: string[]) {
  return runShowdown(['compare', ...commandArguments], { folder });
}

describe('showdown compare', () => {
  test.each([
    ['a file and a folder', 'runs/before/report.json', 'runs/after/'],
    ['runs', 'before', 'after'],
  ])('takes %s, and shows what changed', async (_case, before, after) => {
    const { exitCode, standardOutput } = await compare(before, after);

    expect(standardOutput).toMatch(/\| SQS +\| +10 \|.*\| +1,000 → 1,100 \| +\+10 % \|/);
    expect(standardOutput).not.toContain('Verdict');
    expect(exitCode).toBe(0);
  });

  // The limits by themselves are beside judge-rule.ts.
  test.each([
    ['that is held', 'p99ArrivalMs>10%', 0, 'good'],
    ['that is crossed', 'p99ArrivalMs>=10%', 1, 'failed'],
    ['that nothing supports', 'p90ArrivalMs>1000%', 1, 'failed'],
  ])('judges a rule %s', async (_case, rule, expected, verdict) => {
    const { exitCode, standardOutput } = await compare('before', 'after', '--fail-on', rule);

    expect(standardOutput).toContain(`\nVerdict: ${verdict}.\n`);
    expect(exitCode).toBe(expected);
  });

  test('fails when one rule of several is crossed', async () => {
    const rules = ['--fail-on', 'costPerMillionUsd>0', '--fail-on', 'p99ArrivalMs>5%', '--fail-on', 'lostMessages>0'];

    const { exitCode, standardOutput } = await compare('before', 'after', ...rules);

    expect(standardOutput).toContain('costPerMillionUsd>0 holds at 12 settings.');
    expect(standardOutput).toContain(
      'p99ArrivalMs>5% is crossed at 1 of 12 settings: SQS at batch size 10, 1,000 → 1,100 (+10 %).',
    );
    expect(exitCode).toBe(1);
  });

  test('prints JSON alone, and says on standard error why it failed', async () => {
    const { exitCode, standardOutput, output } = await compare(
      'before',
      'after',
      '--json',
      '--fail-on',
      'p99ArrivalMs>0',
    );

    expect(JSON.parse(standardOutput)).toMatchObject({ schemaVersion: 1, verdict: 'failed' });
    expect(output).toContain('p99ArrivalMs>0 is crossed');
    expect(exitCode).toBe(1);
  });

  test('writes Markdown to a file', async () => {
    const { exitCode, output } = await compare('before', 'after', '--markdown', '--out', 'new/comparison.md');

    expect(readFileSync(join(folder, 'new', 'comparison.md'), 'utf8')).toMatch(/^# Comparison of two runs\n/);
    expect(output).toBe('');
    expect(exitCode).toBe(0);
  });

  test.each([
    ['a report that is not there', ['before', 'nowhere'], 'ReportFileError: there is no report at nowhere'],
    [
      'a report of another version',
      ['older', 'after'],
      /ReportVersionError: runs\/older\/report\.json .* schemaVersion 1/,
    ],
    ['a report with wrong fields', ['broken', 'after'], /InvalidReportError: .*:\n {2}startedAt: .*\n {2}verdict: /],
    [
      'an unknown metric',
      ['before', 'after', '--fail-on', 'p98>1'],
      /unknown metric p98; the nearest is p\w+, known are/,
    ],
    ['two formats', ['before', 'after', '--json', '--markdown'], "cannot be used with option '--json'"],
  ])('refuses %s with exit code 2', async (_case, commandArguments, message) => {
    const { exitCode, output } = await compare(...commandArguments);

    if (typeof message === 'string') expect(output).toContain(message);
    else expect(output).toMatch(message);
    expect(output).not.toMatch(/Nothing was started|\n {4}at /);
    expect(exitCode).toBe(2);
  });

  test('lists every metric in its help', async () => {
    const { standardOutput } = await compare('--help');

    for (const name of METRIC_NAMES) expect(standardOutput).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  });
});
