import { describe, expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import { computeReport } from './compute-report.ts';
import type { IndexedReport, ReportIndex } from './index-json.ts';
import { computeIndexEntry, createIndex, INDEXED_RUNS_MAX, mergeIndex } from './merge-index.ts';
import { type indexedReportSchema, type indexSchema, parseIndex, parseIndexedReport } from './parse-index.ts';
import { renderIndex, renderIndexTable } from './render-index.ts';
import { createReportFacts } from './report-facts.fixture.ts';

const report = computeReport(createReportFacts());
const entry = computeIndexEntry(report);
const at = (second: number, runId = `run-${second}`) => ({
  ...entry,
  runId,
  startedAt: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
});

/** Zod says nothing of who may write. */
type Writable<T> = T extends string | number | boolean ? T : { -readonly [Key in keyof T]: Writable<T[Key]> };

test('what is read has the fields of its interfaces, no more and no fewer, which the compiler checks', () => {
  expectTypeOf<z.output<typeof indexSchema>>().toEqualTypeOf<Writable<ReportIndex>>();
  expectTypeOf<z.output<typeof indexedReportSchema>>().toEqualTypeOf<Writable<IndexedReport>>();
});

describe('an entry', () => {
  test('says what a reader chooses a report by', () => {
    const { service, batchSize, perMillionUsd, p99Ms } = report.choice.recommendation.setting ?? expect.fail();

    expect(computeIndexEntry({ ...report, input: { ...report.input, label: 'nightly' } })).toEqual({
      runId: 'emulated-seed-1',
      startedAt: '2026-11-23T12:00:00.000Z',
      verdict: 'good',
      environment: report.environment,
      label: 'nightly',
      services: ['eventbridge', 'sqs', 'kinesis', 'firehose'],
      batchSizes: [1, 10, 100],
      recommended: { service, batchSize, perMillionUsd, p99Ms },
      key: 'reports/emulated-seed-1/report.json',
    });
  });

  test('has no recommendation where the report has none', () => {
    const nothing = computeReport(createReportFacts({ trials: [] }));

    expect(computeIndexEntry(nothing)).not.toHaveProperty('recommended');
  });

  test('comes out of a stored report as out of the report itself', () => {
    const stored = parseIndexedReport(JSON.stringify(report));

    expect(stored && computeIndexEntry(stored)).toEqual(entry);
  });
});

describe('an index', () => {
  test('is newest first, whatever the order of its entries', () => {
    const index = mergeIndex(createIndex([at(1), at(3)]), at(2));

    expect(index.runs.map(({ runId }) => runId)).toEqual(['run-3', 'run-2', 'run-1']);
    expect(createIndex([at(1, 'b'), at(1, 'a')])).toEqual(createIndex([at(1, 'a'), at(1, 'b')]));
  });

  test.each([
    [INDEXED_RUNS_MAX - 1, INDEXED_RUNS_MAX, 'run-0'],
    [INDEXED_RUNS_MAX, INDEXED_RUNS_MAX, 'run-1'],
    [INDEXED_RUNS_MAX + 1, INDEXED_RUNS_MAX, 'run-2'],
  ])('of %i runs and one more has %i, the oldest of which is %s', (count, expected, oldest) => {
    const runs = Array.from({ length: count }, (_, second) => at(second));

    const { runs: kept } = mergeIndex(createIndex(runs), at(count));

    expect(kept).toHaveLength(expected);
    expect(kept.at(-1)?.runId).toBe(oldest);
  });

  test('is read as it was written', () => {
    const index = createIndex([at(1), at(2)]);

    expect(parseIndex(JSON.stringify(index))).toEqual(index);
  });

  test('takes a start that is no time for no index', () => {
    expect(parseIndex(JSON.stringify(createIndex([{ ...entry, startedAt: 'then' }])))).toBeUndefined();
  });
});

describe('renderIndex', () => {
  const runs = [
    { ...at(2, 'a run'), label: 'with | a bar', services: ['sqs', 'kinesis'] as const },
    {
      ...at(1),
      environment: { emulated: false, region: 'eu-west-2', accountId: '1' } as const,
      recommended: undefined,
    },
  ].map(({ recommended, services, ...others }) => ({
    ...others,
    services: [...services],
    ...(recommended && { recommended }),
  }));

  test('links to the reports beside it', () => {
    const markdown = renderIndex(createIndex(runs));

    expect(markdown).toContain(
      '| [a run](a%20run/report.md) | 2026-01-01 00:00 | good    | emulated, seed 1 | with \\| a bar | sqs, kinesis | 1, 10, 100  |',
    );
    expect(markdown).toMatch(
      /\| \[run-1\]\(run-1\/report\.md\) +\| 2026-01-01 00:00 \| good +\| eu-west-2 .* – +\| +– \| +– \|/,
    );
  });

  test('has no column for labels where no run has one', () => {
    expect(renderIndexTable([at(1)])).not.toContain('label');
  });
});
