// Rule: each record is billed in steps of 5 KB, whatever call it comes in.
// Source: https://aws.amazon.com/kinesis/data-firehose/pricing/

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('PutRecordBatch', () => {
  test('is billed record by record, in steps of 5,120 bytes', async () => {
    const stream = createTestStream();

    await stream.put('x', 'x'.repeat(5120), 'x'.repeat(5121));

    expect(stream.services.firehose.billedBytesOf('stream')).toBe(5120 + 5120 + 10_240);
  });
});
