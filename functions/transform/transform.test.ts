import type { FirehoseTransformationEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createMessage } from '../message.fixture.ts';
import { transform } from './transform.ts';

const BEGUN = { receivedAt: 1_800_000_000_000, requestId: 'r'.repeat(36), coldStart: false, initMs: 0 };
const ACCEPTED_AT_MS = 1_799_999_999_000;
const ANSWER_BYTES_MAX = 6 * 1024 * 1024;

function createEvent(texts: readonly string[]): FirehoseTransformationEvent {
  return {
    invocationId: 'invocation',
    deliveryStreamArn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/d',
    region: 'us-east-1',
    records: texts.map((text, index) => ({
      recordId: String(index).padStart(56, '0'),
      approximateArrivalTimestamp: ACCEPTED_AT_MS,
      data: Buffer.from(text).toString('base64'),
    })),
  };
}

function decode(data: string | undefined): string {
  return Buffer.from(data ?? '', 'base64').toString();
}

describe('transform', () => {
  test('answers each message with its line, in order', () => {
    const messages = [createMessage(0, { padding: 'xxx' }), createMessage(1, { 'random fact': 'Číslo' })];

    const { records } = transform(createEvent(messages.map((message) => JSON.stringify(message))), BEGUN);

    expect(records.map(({ recordId, result }) => [Number(recordId), result])).toEqual([
      [0, 'Ok'],
      [1, 'Ok'],
    ]);
    const lines = records.map(({ data }) => decode(data));
    for (const line of lines) expect(line).toMatch(/^[^\n]+\n$/);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...createMessage(0), acceptedAt: ACCEPTED_AT_MS, ...BEGUN, invocationMessages: 2 },
      { ...messages[1], acceptedAt: ACCEPTED_AT_MS, ...BEGUN, invocationMessages: 2 },
    ]);
  });

  test('fails a record that holds no message, and no other', () => {
    const { records } = transform(createEvent(['no JSON', JSON.stringify(createMessage(0)), '{}']), BEGUN);

    expect(records.map(({ result }) => result)).toEqual(['ProcessingFailed', 'Ok', 'ProcessingFailed']);
    expect(decode(records[1]?.data)).toContain('"invocationMessages":1');
  });

  test('fails the records that would make its answer larger than Lambda passes on', () => {
    const texts = Array.from({ length: 12_000 }, (_, sequence) => JSON.stringify(createMessage(sequence)));

    const answer = transform(createEvent(texts), BEGUN);

    const failed = answer.records.filter(({ result }) => result === 'ProcessingFailed').length;
    expect(failed).toBeGreaterThan(0);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(ANSWER_BYTES_MAX);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeGreaterThan(ANSWER_BYTES_MAX * 0.95);
  });

  test('answers all that the largest planned buffer holds', () => {
    // 2.2 MiB of messages of 260 bytes; see model/mechanism.ts.
    const count = Math.floor((2.2 * 1024 * 1024) / 260);
    const padding = 260 - JSON.stringify({ ...createMessage(9999), service: 'data firehose' }).length;
    const fact = `Glass is made mostly of sand${'.'.repeat(Math.max(1, padding))}`;
    const texts = Array.from({ length: count }, (_, sequence) =>
      JSON.stringify(createMessage(sequence, { service: 'data firehose', 'random fact': fact })),
    );

    const { records } = transform(createEvent(texts), BEGUN);

    expect(records.filter(({ result }) => result !== 'Ok')).toEqual([]);
  });
});
