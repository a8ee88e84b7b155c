import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MESSAGE_BYTES_MAX, MESSAGE_BYTES_TYPICAL } from '../../model/mechanism.ts';
import { buildMessage, type MessageTemplate } from './build-message.ts';
import { FACTS } from './facts.ts';

const TEMPLATE: MessageTemplate = {
  runId: 'seed-1-abcdef12',
  trialId: 'firehose-b100-r1',
  service: 'firehose',
  facts: FACTS,
  payloadBytes: 0,
};
const SCHEDULED_MS = 1_800_000_000_000;

function build(sequence: number, change: Partial<MessageTemplate> = {}, sentAtMs = SCHEDULED_MS) {
  return buildMessage({ ...TEMPLATE, ...change }, { sequence, scheduledAtMs: SCHEDULED_MS }, sentAtMs);
}

function measureBytes(message: object): number {
  return Buffer.byteLength(JSON.stringify(message));
}

describe('buildMessage', () => {
  test('draws id and fact from trial and sequence number alone', () => {
    const { time: _, ...first } = build(7);
    const { time: later, ...again } = build(7, {}, SCHEDULED_MS + 500);

    expect(again).toEqual(first);
    expect(later).toBe(new Date(SCHEDULED_MS + 500).toISOString());
  });

  test('draws ids from all of 1 to 1000, and every fact', () => {
    const messages = Array.from({ length: 20_000 }, (_, sequence) => build(sequence));
    const ids = new Set(messages.map(({ id }) => id));

    expect(ids.size).toBe(1000);
    expect([Math.min(...ids), Math.max(...ids)]).toEqual([1, 1000]);
    expect(new Set(messages.map((message) => message['random fact'])).size).toBe(FACTS.length);
  });

  test('pads a message to the size asked for, to the byte where a padding field fits in', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(2000), (sequence, payloadBytes) => {
        const naturalBytes = measureBytes(build(sequence));
        const bytes = measureBytes(build(sequence, { payloadBytes }));

        expect(bytes).toBeGreaterThanOrEqual(payloadBytes);
        if (payloadBytes <= naturalBytes) expect(bytes).toBe(naturalBytes);
        if (payloadBytes >= naturalBytes + ',"padding":""'.length) expect(bytes).toBe(payloadBytes);
      }),
    );
  });

  test('stays within the size that plans count on', () => {
    const longest = build(9_999_999, {
      runId: 'r'.repeat(80),
      trialId: 'eventbridge-b10000-r10',
      facts: ['f'.repeat(200)],
    });
    const sizes = Array.from({ length: 2000 }, (_, sequence) => measureBytes(build(sequence)));

    expect(measureBytes(longest)).toBeLessThan(MESSAGE_BYTES_MAX);
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length).toBeCloseTo(MESSAGE_BYTES_TYPICAL, -1);
  });
});

describe('FACTS', () => {
  test('are many, distinct and short', () => {
    expect(FACTS.length).toBeGreaterThanOrEqual(120);
    expect(new Set(FACTS).size).toBe(FACTS.length);
    for (const fact of FACTS) {
      expect(fact.length).toBeLessThanOrEqual(200);
      expect(fact).toMatch(/^[A-Z].*\.$/);
    }
  });
});
