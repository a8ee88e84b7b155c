// `showdown reports`, as a user runs it: on a folder, and on the bucket of a stack that is deployed on the local endpoint.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { updateIndex } from '../functions/report/update-index.ts';
import { PARAMETER_NAMES } from '../infra/names.ts';
import { createReport } from '../reports/compare/change-report.fixture.ts';
import { computeIndexEntry } from '../reports/merge-index.ts';
import { renderMarkdown } from '../reports/render-markdown.ts';
import { runShowdown } from './run-showdown.ts';
import { type Served, startServed } from './start-served.ts';

const EARLIER = createReport({ runId: 'earlier', startedAt: '2026-11-24T10:00:00.000Z' });
const LATER = createReport({ runId: 'later', startedAt: '2026-11-24T11:00:00.000Z' });

/** First cells of a table's rows. */
function readRuns(output: string): string[] {
  return [...output.matchAll(/^\| (\w\S*)/gm)].map(([, cell = '']) => cell).filter((cell) => cell !== 'run');
}

describe('showdown reports, on a folder', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'reports-'));
    for (const [report, writtenAt] of [
      [EARLIER, '2026-11-26T00:00:00Z'],
      [LATER, '2026-11-25T00:00:00Z'],
    ] as const) {
      const path = join(folder, 'runs', report.runId, 'report.json');
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, JSON.stringify(report));
      utimesSync(path, new Date(writtenAt), new Date(writtenAt));
    }
    mkdirSync(join(folder, 'runs', 'unfinished'));
    mkdirSync(join(folder, 'runs', 'strange'));
    writeFileSync(join(folder, 'runs', 'strange', 'report.json'), '{}');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const reports = (...commandArguments: string[]) => runShowdown(['reports', ...commandArguments], { folder });

  test('list shows those written last first, and names what is no report', async () => {
    const { exitCode, standardOutput, output } = await reports('list');

    expect(readRuns(standardOutput)).toEqual(['earlier', 'later']);
    expect(output).toContain('runs/strange/report.json is no report, and is left out.');
    expect(exitCode).toBe(0);
  });

  test('list --json prints the entries', async () => {
    const { standardOutput } = await reports('list', '--json');

    expect(JSON.parse(standardOutput)).toMatchObject([
      { runId: 'earlier', verdict: 'good', batchSizes: [1, 10, 100], key: 'runs/earlier/report.json' },
      { runId: 'later' },
    ]);
  });

  test('show prints a report in brief, as Markdown or as it is, the one written last when none is named', async () => {
    const brief = await reports('show', 'later');
    const markdown = await reports('show', 'later', '--markdown');
    const json = await reports('show', '--json');

    expect(brief.standardOutput).toMatch(/^Emulated \(seed 1\)[\s\S]*\| SQS [\s\S]*Recommended: /);
    expect(markdown.standardOutput).toBe(renderMarkdown(LATER));
    expect(JSON.parse(json.standardOutput)).toEqual(JSON.parse(JSON.stringify(EARLIER)));
  });

  test.each([
    ['a run without report', ['show', 'unfinished'], 'ReportFileError: there is no report of run unfinished in runs'],
    ['what is no report', ['show', 'strange'], 'NotAReportError: runs/strange/report.json is no report'],
    ['no subcommand', [], 'Usage: showdown reports'],
  ])('refuses %s with exit code 2', async (_case, commandArguments, message) => {
    const { exitCode, output } = await reports(...commandArguments);

    expect(output).toContain(message);
    expect(exitCode).toBe(2);
  });
});

describe('showdown reports, on the bucket', () => {
  let served: Served;
  let folder = '';
  let bucket: { s3: S3Client; bucketName: string };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reports-'));
    served = await startServed();
    const { AWS_ENDPOINT_URL = '', AWS_REGION = '', AWS_ACCESS_KEY_ID = '' } = served.environment;
    const { AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = served.environment;
    const config = {
      endpoint: AWS_ENDPOINT_URL,
      region: AWS_REGION,
      forcePathStyle: true,
      credentials: {
        accessKeyId: AWS_ACCESS_KEY_ID,
        secretAccessKey: AWS_SECRET_ACCESS_KEY,
        sessionToken: AWS_SESSION_TOKEN ?? '',
      },
    };
    const { Parameter } = await new SSMClient(config).send(
      new GetParameterCommand({ Name: PARAMETER_NAMES.bucketName }),
    );
    bucket = { s3: new S3Client(config), bucketName: Parameter?.Value ?? '' };
  });

  afterAll(async () => {
    await served.stop();
    rmSync(folder, { recursive: true });
  });

  const reports = (...commandArguments: string[]) =>
    runShowdown(['reports', ...commandArguments], { folder, environment: served.environment });

  async function store(report: typeof EARLIER): Promise<void> {
    const { s3, bucketName } = bucket;
    for (const [name, body] of [
      ['report.json', JSON.stringify(report)],
      ['report.md', renderMarkdown(report)],
    ]) {
      await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: `reports/${report.runId}/${name}`, Body: body }));
    }
  }

  test('list says so where there is none, shows reports without an index, and by the index newest first', async () => {
    expect((await reports('list', '--aws')).standardOutput).toMatch(/^There is no report in s3:\/\/\S+ yet/);

    await store(LATER);
    expect(readRuns((await reports('list', '--aws')).standardOutput)).toEqual(['later']);

    await store(EARLIER);
    await updateIndex(bucket, computeIndexEntry(LATER));
    await updateIndex(bucket, computeIndexEntry(EARLIER));
    expect(readRuns((await reports('list', '--aws')).standardOutput)).toEqual(['later', 'earlier']);
  });

  test('show prints the newest, or the one that is named', async () => {
    await store(EARLIER);
    await store(LATER);
    await updateIndex(bucket, computeIndexEntry(LATER));

    expect((await reports('show', '--aws', '--markdown')).standardOutput).toBe(renderMarkdown(LATER));
    expect((await reports('show', 'earlier', '--aws', '--markdown')).standardOutput).toBe(renderMarkdown(EARLIER));
  });

  test('fetch copies all files of a report, to where --out says', async () => {
    await store(LATER);

    const { exitCode, standardOutput } = await reports('fetch', 'later');
    const elsewhere = await reports('fetch', 'later', '--out', 'elsewhere');

    expect(standardOutput).toBe('runs/later/report.json\nruns/later/report.md\n');
    expect(readdirSync(join(folder, 'runs', 'later'))).toEqual(['report.json', 'report.md']);
    expect(readFileSync(join(folder, 'runs', 'later', 'report.md'), 'utf8')).toBe(renderMarkdown(LATER));
    expect(exitCode).toBe(0);
    expect(elsewhere.standardOutput).toBe('elsewhere/report.json\nelsewhere/report.md\n');
  });

  test.each([['show', '--aws'], ['fetch']])('%s names a run that the bucket has no report of', async (...command) => {
    const { exitCode, output } = await reports(...command, 'nope');

    expect(output).toMatch(
      /ReportFileError: there is no report of run nope in s3:\/\/\S+; "npm run showdown -- reports list --aws"/,
    );
    expect(exitCode).toBe(2);
  });
});
