import { describe, expect, test } from 'vitest';
import {
  computeArrivalKey,
  computeArrivalsPrefix,
  computeArrivalsStart,
  parseArrivalKey,
  parseTrialId,
} from './keys.ts';

const OBJECT = {
  receivedAtMs: 1_800_000_000_000,
  requestId: 'a-b-c',
  manifest: { coldStart: false, initMs: 0, deliveries: [{ sequence: 3, acceptedAtMs: 1_799_999_999_990 }] },
};
const TRIAL = 'sqs-b10-r1';

function createLargeObject(messages: number) {
  return {
    ...OBJECT,
    manifest: { ...OBJECT.manifest, deliveries: Array.from({ length: messages }, (_, sequence) => ({ sequence })) },
  };
}

describe('computeArrivalKey', () => {
  test('tells run, trial, instant, messages, request and what the messages are', () => {
    expect(computeArrivalKey('run', TRIAL, OBJECT)).toBe(
      'arrivals/run=run/trial=sqs-b10-r1/1800000000000-1-a-b-c.AgYT.ndjson',
    );
  });

  test('sorts by the instant', () => {
    const keys = [999_999_999_999, 1_000_000_000_000].map((receivedAtMs) =>
      computeArrivalKey('run', TRIAL, { ...OBJECT, receivedAtMs }),
    );

    expect(keys.toSorted()).toEqual(keys);
  });

  test('leaves out what would be too long for a name', () => {
    expect(computeArrivalKey('run', TRIAL, createLargeObject(10_000))).toBe(
      'arrivals/run=run/trial=sqs-b10-r1/1800000000000-10000-a-b-c.ndjson',
    );
  });

  test('stays within the 1,024 bytes of a key, with the longest names there are', () => {
    const runId = 'r'.repeat(80);
    const requestId = '00000000-0000-0000-0000-000000000000';
    const lengths = Array.from(
      { length: 700 },
      (_, index) =>
        computeArrivalKey(runId, 'eventbridge-b10000-r10.warm-up', { ...createLargeObject(index + 1), requestId })
          .length,
    );

    expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
  });
});

describe('parseArrivalKey', () => {
  test('reads what computeArrivalKey wrote', () => {
    expect(parseArrivalKey(computeArrivalKey('run', TRIAL, OBJECT))).toEqual({ ...OBJECT, messages: 1 });
  });

  test('gives no manifest where the name has none', () => {
    const { receivedAtMs, requestId } = OBJECT;

    expect(parseArrivalKey(computeArrivalKey('run', TRIAL, createLargeObject(10_000)))).toEqual({
      receivedAtMs,
      requestId,
      messages: 10_000,
    });
  });

  test('takes a manifest that does not fit its name for none', () => {
    const key = computeArrivalKey('run', TRIAL, OBJECT).replace('-1-', '-2-');

    expect(parseArrivalKey(key)).toEqual({ receivedAtMs: OBJECT.receivedAtMs, requestId: 'a-b-c', messages: 2 });
  });

  test("gives nothing for an object of Firehose's", () => {
    const name = '2026/11/23/12/stream-2-2026-11-23-12-00-00-0b5e8d7c-1111-2222-3333-444455556666';

    expect(parseArrivalKey(`${computeArrivalsPrefix('run', 'firehose-b1-r1')}${name}`)).toBeUndefined();
  });
});

describe('computeArrivalsStart', () => {
  test('lies before every object of that instant, and after those before it', () => {
    const start = computeArrivalsStart(computeArrivalsPrefix('run', TRIAL), OBJECT.receivedAtMs);
    const before = computeArrivalKey('run', TRIAL, { ...OBJECT, receivedAtMs: OBJECT.receivedAtMs - 1 });

    expect([computeArrivalKey('run', TRIAL, OBJECT), start, before].toSorted()[1]).toBe(start);
  });
});

describe('parseTrialId', () => {
  test.each([
    ['arrivals/run=run/trial=sqs-b1-r1/1800000000000-1-a.ndjson', 'sqs-b1-r1'],
    ['arrivals/run=run/trial=sqs-b1-r1.warm-up/1800000000000-1-a.ndjson', 'sqs-b1-r1.warm-up'],
    ['arrivals/run=run/trial=firehose-b1-r1/2026/11/23/12/stream', 'firehose-b1-r1'],
    ['arrivals/run=run-2/trial=sqs-b1-r1/1800000000000-1-a.ndjson', undefined],
    ['arrivals/2026/11/23/12/stream', undefined],
    ['arrivals/run=run/trial=sqs-b1-r1', undefined],
  ])('of %s is %s', (key, trialId) => {
    expect(parseTrialId(key, 'run')).toBe(trialId);
  });
});
