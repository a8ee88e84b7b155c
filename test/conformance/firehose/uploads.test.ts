// Rule: with an interval below 60 s objects go up in parts, and are dated by the start of their upload.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html#buffering-hints

import { describe, expect, test } from 'vitest';
import { START_MS } from '../../../emulator/create-test-account.fixture.ts';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('an object', () => {
  test.each([
    [0, ['s3.CreateMultipartUpload', 's3.UploadPart', 's3.CompleteMultipartUpload']],
    [59, ['s3.CreateMultipartUpload', 's3.UploadPart', 's3.CompleteMultipartUpload']],
    [60, ['s3.PutObject']],
  ])('is uploaded with an interval of %i s as AWS does it', async (s3Seconds, expected) => {
    const stream = createTestStream({ transform: false, s3Seconds });

    await stream.put('a');
    await stream.pass(90_000);

    expect(stream.calls.filter((name) => name.startsWith('s3.'))).toEqual(expected);
  });

  test.each([
    ['the start of its upload, when it goes up in parts', 50, 50],
    ['its arrival, when it does not', 60, 60],
  ])('is dated by %s', async (_what, s3Seconds, expectedSeconds) => {
    const stream = createTestStream({ transform: false, s3Seconds });

    await stream.put('a');
    await stream.pass(45_000);
    await stream.put('b');
    await stream.pass(60_000);

    const [object] = await stream.list();
    const ageSeconds = (object?.LastModified ?? 0) - START_MS / 1000;
    expect(ageSeconds).toBeGreaterThanOrEqual(expectedSeconds);
    expect(ageSeconds).toBeLessThan(expectedSeconds + 15);
    expect(await stream.readAll()).toEqual(['ab']);
  });
});
