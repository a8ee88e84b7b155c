// Rule: records can be read for 24 hours, or for as long as their stream says.
// Source: https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html

import { describe, expect, test } from 'vitest';
import { base64, createTestStream, many, records } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

const HOUR_MS = 3_600_000;

describe('a record', () => {
  test.each([
    [undefined, 23.9, 1],
    [undefined, 24.1, 0],
    [48, 47.9, 1],
    [48, 48.1, 0],
  ])(
    'of a stream that retains for %s hours can be read after %d hours: %i',
    async (retentionHours, ageHours, count) => {
      const stream = createTestStream(1, retentionHours === undefined ? {} : { retentionHours });
      await stream.put(records('a'));

      await stream.pass(ageHours * HOUR_MS);

      expect(await stream.read('TRIM_HORIZON')).toHaveLength(count);
    },
  );

  test('comes after the ones that are past their time, for an iterator that stood at them', async () => {
    const stream = createTestStream();
    await stream.put(records('old'));
    await stream.pass(24 * HOUR_MS - 60_000);
    const iterator = await stream.open('TRIM_HORIZON');
    await stream.put(records('new'));

    await stream.pass(120_000);

    expect(await stream.get(iterator)).toMatchObject({ Records: [{ Data: base64('new') }], MillisBehindLatest: 0 });
  });

  test('keeps its sequence number when thousands before it go', async () => {
    const stream = createTestStream();
    for (let call = 0; call < 8; call++) {
      await stream.put(many(500));
      await stream.pass(1000);
    }
    await stream.pass(23.9 * HOUR_MS);
    await stream.put(records('late'));
    const { SequenceNumber } = await stream.call('PutRecord', { Data: base64('later'), PartitionKey: 'k' });
    await stream.pass(HOUR_MS);

    const found = await stream.read('AT_SEQUENCE_NUMBER', { StartingSequenceNumber: SequenceNumber });

    expect(found.map(({ Data }) => Data)).toEqual([base64('later')]);
  });
});
