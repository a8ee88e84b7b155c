// Rule: a buffer is delivered when it is full or its interval has passed, whichever comes first.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('a delivery stream', () => {
  test('gathers records for the transform interval, and what came out of it for the S3 interval', async () => {
    const stream = createTestStream({ transform: { seconds: 10 }, s3Seconds: 60 });

    await stream.put('a', 'b');
    await stream.pass(5000);
    await stream.put('c');
    await stream.pass(7000);
    const batches = stream.batches();
    const early = await stream.list();
    await stream.pass(75_000);

    expect(batches).toEqual([3]);
    expect(early).toEqual([]);
    expect(await stream.readAll()).toEqual(['abc']);
  });

  test('flushes the transform buffer when it is full', async () => {
    const stream = createTestStream({ transform: { seconds: 900, mbs: 0.2 } });
    const fifth = 'x'.repeat(0.05 * 1024 * 1024);

    await stream.put(fifth, fifth, fifth, fifth, fifth);
    await stream.pass(5000);

    expect(stream.batches()).toEqual([4]);
  });

  test('with intervals of 0 delivers each put by itself, within seconds', async () => {
    const stream = createTestStream({ transform: { seconds: 0 }, s3Seconds: 0 });

    await Promise.all([stream.put('a'), stream.put('b', 'c')]);
    await stream.pass(30_000);

    expect(stream.batches().sort()).toEqual([1, 2]);
    expect((await stream.readAll()).sort()).toEqual(['a', 'bc']);
  });

  test('without a transform stores what it was given', async () => {
    const stream = createTestStream({ transform: false });

    await stream.call('PutRecord', { Record: stream.toRecord('a') });
    await stream.put('b');
    await stream.pass(90_000);

    expect(await stream.readAll()).toEqual(['ab']);
  });
});
