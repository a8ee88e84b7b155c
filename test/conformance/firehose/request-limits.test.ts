// Rule: a call has 500 records and 4 MiB at most, and a record 1,000 KiB.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/limits.html

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('PutRecordBatch', () => {
  const kibibytes = (count: number) => 'x'.repeat(count * 1024);

  test.each([
    ['500 records', Array.from({ length: 500 }, () => 'x'), undefined],
    ['501 records', Array.from({ length: 501 }, () => 'x'), 'ValidationException'],
    ['no record', [], 'ValidationException'],
    ['a record of 1,000 KiB', [kibibytes(1000)], undefined],
    ['a record of 1,000 KiB and a byte', [`${kibibytes(1000)}x`], 'ValidationException'],
    ['4 MiB', Array.from({ length: 8 }, () => kibibytes(512)), undefined],
    ['4 MiB and a byte', [...Array.from({ length: 8 }, () => kibibytes(512)), 'x'], 'InvalidArgumentException'],
  ])('answers %s as AWS does', async (_what, texts, code) => {
    const put = createTestStream().put(...texts);

    await (code
      ? expect(put).rejects.toMatchObject({ code })
      : expect(put).resolves.toMatchObject({ FailedPutCount: 0, Encrypted: false }));
  });

  test('names a stream that does not exist', async () => {
    const call = createTestStream().call('PutRecord', { DeliveryStreamName: 'other', Record: { Data: '' } });

    await expect(call).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
