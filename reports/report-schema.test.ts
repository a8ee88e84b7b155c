import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod';
import { computeReport } from './compute-report.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';
import type { ReportJson } from './report-json.ts';
import { reportSchema } from './report-schema.ts';

/** Zod says nothing of who may write. */
type Writable<T> = T extends string | number | boolean ? T : { -readonly [Key in keyof T]: Writable<T[Key]> };

describe('reportSchema', () => {
  test('has the fields of ReportJson, no more and no fewer, which the compiler checks', () => {
    expectTypeOf<z.output<typeof reportSchema>>().toEqualTypeOf<Writable<ReportJson>>();
  });

  test.each([
    ['a good run', createReportFacts()],
    ['a run without results', createReportFacts({ trials: [] })],
    [
      'a run on AWS in which a trial arrived at nothing',
      changeTrial(
        createReportFacts({ environment: { emulated: false, region: 'us-east-1', accountId: '123456789012' } }),
        'sqs-b10-r1',
        { arrivals: { arrived: 0, lines: 0, delivery: [], arrival: [] }, metrics: { invocations: 0 } },
      ),
    ],
    [
      'a run with a failed lane',
      createReportFacts({
        outcomes: [{ service: 'kinesis', status: 'failed', error: 'WarmUpTimeoutError', cause: 'nothing arrived' }],
      }),
    ],
  ])('takes the report of %s as it is', (_case, facts) => {
    const report = JSON.parse(JSON.stringify(computeReport(facts)));

    expect(reportSchema.parse(report)).toEqual(report);
  });

  test('takes no field that it does not know', () => {
    const report = { ...computeReport(createReportFacts()), remark: 'nice' };

    expect(reportSchema.safeParse(report).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['remark'] },
    ]);
  });

  test('is in no Lambda bundle', async () => {
    const absWorkingDir = join(import.meta.dirname, '..');
    const entryPoints = globSync('functions/*/handler.ts', { cwd: absWorkingDir });

    const { metafile } = await build({
      absWorkingDir,
      entryPoints,
      bundle: true,
      platform: 'node',
      write: false,
      outdir: 'bundles',
      metafile: true,
    });

    expect(entryPoints.length).toBeGreaterThan(4);
    expect(Object.keys(metafile.inputs)).toContain('reports/report-json.ts');
    expect(Object.keys(metafile.inputs)).not.toContain('reports/report-schema.ts');
  });
});
