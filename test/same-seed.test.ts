// The emulator's promise: the same seed and input give the same report, byte for byte.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseReport } from '../reports/parse-report.ts';
import { runShowdown } from './run-showdown.ts';

const INPUT = ['--batch-sizes', '1,10', '--ticks', '2', '--messages-per-tick', '20', '--arrivals', 'poisson'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showdown-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('same seed, same bytes', () => {
  test('two runs with one seed and one input give identical reports, and another seed does not', async () => {
    const first = await runWithSeed(7, 'first');
    const second = await runWithSeed(7, 'second');
    const other = await runWithSeed(8, 'other');

    expect(second.json).toBe(first.json);
    expect(second.markdown).toBe(first.markdown);
    expect(other.json).not.toBe(first.json);
    expect(latenciesOf(other.json)).not.toEqual(latenciesOf(first.json));
  });
});

/** Holds the report to its schema on the way. */
async function runWithSeed(seed: number, name: string): Promise<{ json: string; markdown: string }> {
  const out = join(folder, name);
  const { exitCode, output } = await runShowdown(['run', '--seed', String(seed), '--out', out, ...INPUT]);
  expect(output).toContain('Report: ');
  expect(exitCode).toBe(0);
  const json = await readFile(join(out, 'report.json'), 'utf8');
  parseReport(json, join(out, 'report.json'));
  return {
    json,
    markdown: await readFile(join(out, 'report.md'), 'utf8'),
  };
}

/** Every latency in a report, so that a difference in the seed's own number alone would not pass. */
function latenciesOf(reportJson: string): string[] {
  return [...reportJson.matchAll(/"0\.5": ?[\d.]+/g)].map(([match]) => match);
}
