import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createEmulator } from '../../emulator/emulator.ts';
import { computeReport } from '../../reports/compute-report.ts';
import type { IndexEntry } from '../../reports/index-json.ts';
import { computeIndexEntry, INDEX_KEYS } from '../../reports/merge-index.ts';
import { createReportFacts } from '../../reports/report-facts.fixture.ts';
import { loadIndex } from './load-index.ts';
import { IndexConflictError, updateIndex } from './update-index.ts';

const HOUR_MS = 3_600_000;
const report = computeReport(createReportFacts());

/** The run that started so many hours after the first. */
function createReport(hour: number) {
  const startedAt = new Date(Date.UTC(2026, 10, 24) + hour * HOUR_MS).toISOString();
  return { ...report, runId: `run-${hour}`, startedAt };
}

function createEntry(hour: number, change: Partial<IndexEntry> = {}): IndexEntry {
  return { ...computeIndexEntry(createReport(hour)), ...change };
}

/** An empty bucket of the emulated S3, which knows conditional writes. */
async function createBucket() {
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 10, 25) });
  const bucketName = 'results';
  const s3 = new S3Client(emulator.clientConfig());
  const drive = <T>(work: Promise<T>) => emulator.runUntilSettled(work);
  const send = (command: 'put' | 'delete', Key: string, Body = '') =>
    drive<unknown>(
      command === 'put'
        ? s3.send(new PutObjectCommand({ Bucket: bucketName, Key, Body }))
        : s3.send(new DeleteObjectCommand({ Bucket: bucketName, Key })),
    );
  await drive(s3.send(new CreateBucketCommand({ Bucket: bucketName })));
  return {
    bucket: { s3, bucketName },
    put: (key: string, body: unknown) => send('put', key, typeof body === 'string' ? body : JSON.stringify(body)),
    remove: (key: string) => send('delete', key),
    update: (entry: IndexEntry) => drive(updateIndex({ s3, bucketName }, entry)),
    async read(key: string) {
      const { Body } = await drive(s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key })));
      return (await Body?.transformToString()) ?? '';
    },
    async readRunIds() {
      const { index } = await drive(loadIndex({ s3, bucketName }));
      return index.runs.map(({ runId }) => runId);
    },
    /** Has `interfere` done before each of the next `times` writes of `key`, by another client. */
    interfere(
      key: string,
      times: number,
      interfere: (other: { s3: S3Client; bucketName: string }) => Promise<unknown>,
    ) {
      const other = { s3: new S3Client(emulator.clientConfig()), bucketName };
      let left = times;
      s3.middlewareStack.add(
        (next, context) => async (args) => {
          const isWrite = context.commandName === 'PutObjectCommand' && 'Key' in args.input && args.input.Key === key;
          if (isWrite && left > 0) {
            left -= 1;
            await interfere(other);
          }
          return next(args);
        },
        { step: 'initialize' },
      );
    },
  };
}

describe('updateIndex', () => {
  test('begins an index, and adds runs to it, newest first', async () => {
    const { update, readRunIds, read } = await createBucket();

    await update(createEntry(1));
    await update(createEntry(3));
    await update(createEntry(2));

    expect(await readRunIds()).toEqual(['run-3', 'run-2', 'run-1']);
    expect(JSON.parse(await read(INDEX_KEYS.json))).toMatchObject({ schemaVersion: 1, runs: [createEntry(3), {}, {}] });
    expect(await read(INDEX_KEYS.markdown)).toMatch(/\[run-3\]\(run-3\/report\.md\)[\s\S]*run-2[\s\S]*run-1/);
  });

  test('replaces what it had of the same run', async () => {
    const { update, read } = await createBucket();
    await update(createEntry(1));
    await update(createEntry(2, { verdict: 'failed' }));

    await update(createEntry(1, { verdict: 'failed' }));

    expect(JSON.parse(await read(INDEX_KEYS.json)).runs).toMatchObject([
      { runId: 'run-2', verdict: 'failed' },
      { runId: 'run-1', verdict: 'failed' },
    ]);
  });

  test('writes the same bytes again', async () => {
    const { update, read } = await createBucket();
    await update(createEntry(1));
    const before = [await read(INDEX_KEYS.json), await read(INDEX_KEYS.markdown)];

    await update(createEntry(1));

    expect([await read(INDEX_KEYS.json), await read(INDEX_KEYS.markdown)]).toEqual(before);
  });

  test.each(Object.values(INDEX_KEYS))(
    'loses no entry of another writer that comes before its write of %s',
    async (key) => {
      const { update, readRunIds, read, interfere } = await createBucket();
      await update(createEntry(1));
      interfere(key, 1, (other) => updateIndex(other, createEntry(2)));

      await update(createEntry(3));

      expect(await readRunIds()).toEqual(['run-3', 'run-2', 'run-1']);
      expect(await read(INDEX_KEYS.markdown)).toMatch(/run-3[\s\S]*run-2[\s\S]*run-1/);
    },
  );

  test('loses no entry of another writer that begins the index at the same time', async () => {
    const { update, readRunIds, interfere } = await createBucket();
    interfere(INDEX_KEYS.json, 1, (other) => updateIndex(other, createEntry(2)));

    await update(createEntry(3));

    expect(await readRunIds()).toEqual(['run-3', 'run-2']);
  });

  test('begins again when the index is deleted under its hands', async () => {
    const { update, readRunIds, interfere, bucket } = await createBucket();
    await update(createEntry(1));
    interfere(INDEX_KEYS.json, 1, ({ s3 }) =>
      s3.send(new DeleteObjectCommand({ Bucket: bucket.bucketName, Key: INDEX_KEYS.json })),
    );

    await update(createEntry(3));

    expect(await readRunIds()).toEqual(['run-3']);
  });

  test('gives up when others come first at every attempt', async () => {
    const { update, interfere } = await createBucket();
    await update(createEntry(1));
    let hour = 10;
    interfere(INDEX_KEYS.json, 100, (other) => {
      hour += 1;
      return updateIndex(other, createEntry(hour));
    });

    const act = update(createEntry(3));

    await expect(act).rejects.toThrow(IndexConflictError);
    await expect(act).rejects.toThrow(
      'reports/index.json was written by others at each of 8 attempts to enter run run-3',
    );
  });

  test.each([
    ['is missing', undefined],
    ['is not JSON', 'not JSON'],
    ['is cut off', '{"schemaVersion":1,"runs":[{"runId":"r'],
    ['has entries of another kind', { schemaVersion: 1, runs: [{ name: 'r' }] }],
    ['is of another version', { schemaVersion: 99, runs: [] }],
  ])('makes an index that %s again from the reports in the bucket', async (_case, content) => {
    const { update, put, readRunIds } = await createBucket();
    for (const hour of [1, 2]) {
      await put(`reports/run-${hour}/report.json`, createReport(hour));
      await put(`reports/run-${hour}/report.md`, '# Report');
    }
    await put('reports/run-3/report.json', '{"schemaVersion":1');
    if (content !== undefined) await put(INDEX_KEYS.json, content);

    const unreadable = await update(createEntry(4));

    expect(unreadable).toEqual(['reports/run-3/report.json']);
    expect(await readRunIds()).toEqual(['run-4', 'run-2', 'run-1']);
  });

  test('enters reports of an older version, too', async () => {
    const { update, put, readRunIds } = await createBucket();
    const { choice, ...older } = createReport(1);
    await put('reports/run-1/report.json', { ...older, schemaVersion: 1 });

    await update(createEntry(2));

    expect(await readRunIds()).toEqual(['run-2', 'run-1']);
  });

  test('does not hide that the bucket cannot be read', async () => {
    const emulator = createEmulator({ seed: 1, startMs: 0 });
    const s3 = new S3Client(emulator.clientConfig());

    await expect(emulator.runUntilSettled(loadIndex({ s3, bucketName: 'no-such-bucket' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
