import { describe, expect, test } from 'vitest';
import { computeArrivalKey, computeArrivalsPrefix, parseMessageCount } from './keys.ts';

const OBJECT = {
  runId: 'run',
  trialId: 'sqs-b10-r1',
  receivedAtMs: 1_800_000_000_000,
  messages: 10,
  requestId: 'a-b-c',
};

describe('computeArrivalKey', () => {
  test('tells run, trial, instant, messages and request', () => {
    expect(computeArrivalKey(OBJECT)).toBe('arrivals/run=run/trial=sqs-b10-r1/1800000000000-10-a-b-c.ndjson');
  });

  test('sorts by the instant', () => {
    const keys = [999_999_999_999, 1_000_000_000_000].map((receivedAtMs) =>
      computeArrivalKey({ ...OBJECT, receivedAtMs }),
    );

    expect(keys.toSorted()).toEqual(keys);
  });
});

describe('parseMessageCount', () => {
  test('reads what computeArrivalKey wrote', () => {
    expect(parseMessageCount(computeArrivalKey(OBJECT))).toBe(10);
  });

  test("gives nothing for an object of Firehose's", () => {
    const name = '2026/11/23/12/stream-2-2026-11-23-12-00-00-0b5e8d7c-1111-2222-3333-444455556666';

    expect(parseMessageCount(`${computeArrivalsPrefix('run', 'firehose-b1-r1')}${name}`)).toBeUndefined();
  });
});
