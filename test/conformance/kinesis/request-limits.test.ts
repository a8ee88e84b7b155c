// Rule: a call of PutRecords has 500 records and 10 MiB at most, and a record 1 MiB or what its stream allows, its key included.
// Source: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html

import { describe, expect, test } from 'vitest';
import { createTestStream, many, zeros } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

describe('PutRecords', () => {
  test.each([
    ['500 records', many(500), undefined],
    ['501 records', many(501), 'ValidationException'],
    ['a record of 1 MiB with its key', many(1, zeros(1_048_575)), undefined],
    ['a record of 1 MiB and a byte', many(1, zeros(1_048_576)), 'ValidationException'],
    ['10 MiB in all', many(10, zeros(1_048_575)), undefined],
    ['10 MiB and a byte', [...many(10, zeros(1_048_575)), ...many(1, '')], 'InvalidArgumentException'],
  ])('answers %s as AWS does', async (_what, Records, code) => {
    const put = createTestStream().put(Records);

    await (code ? expect(put).rejects.toMatchObject({ code }) : expect(put).resolves.toBeDefined());
  });

  test.each([
    [10_240 * 1024 - 1, true],
    [10_240 * 1024, false],
  ])('takes a record of %i bytes and a key into a stream of 10 MiB a record: %s', async (bytes, isTaken) => {
    const put = createTestStream(1, { recordKibMax: 10_240 }).put(many(1, zeros(bytes)));

    await (isTaken
      ? expect(put).resolves.toBeDefined()
      : expect(put).rejects.toMatchObject({ code: 'ValidationException' }));
  });
});
