import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import { computeArrivalKey, parseArrivalKey } from '../../model/keys.ts';
import { type Answer, answerRequests, type SentRequest } from '../answered-clients.fixture.ts';
import { createMessage } from '../message.fixture.ts';
import { consume, EventNotConsumedError } from './consume.ts';
import { parseDeliveries, UnreadableEventError } from './parse-deliveries.ts';

const ACCEPTED_AT_MS = 1_799_999_999_877;
const BEGUN = { receivedAt: 1_800_000_000_000, requestId: 'request', coldStart: true, initMs: 130 };

function createBucket(respond: (request: SentRequest) => Answer = () => ({ body: '' })) {
  const { requests, config } = answerRequests(respond);
  return {
    requests,
    keys: () => requests.map(({ path }) => decodeURIComponent(path).slice(1)),
    consume: (event: unknown) =>
      consume(parseDeliveries(event), BEGUN, { s3: new S3Client(config), bucketName: 'bucket' }),
  };
}

function wrapSqs(...bodies: string[]) {
  const attributes = { SentTimestamp: String(ACCEPTED_AT_MS) };
  return { Records: bodies.map((body, index) => ({ messageId: `message-${index}`, body, attributes })) };
}

function wrapKinesis(...bodies: string[]) {
  return {
    Records: bodies.map((body, index) => ({
      kinesis: {
        sequenceNumber: `4959${index}`,
        data: Buffer.from(body).toString('base64'),
        approximateArrivalTimestamp: ACCEPTED_AT_MS / 1000,
      },
    })),
  };
}

function wrapEventbridge(messages: unknown) {
  return { source: 'showdown', 'detail-type': 'showdown.messages', detail: { messages } };
}

const MESSAGES = [createMessage(0), createMessage(1, { padding: 'xxx', 'random fact': 'Číslo' })];
const BODIES = MESSAGES.map((message) => JSON.stringify(message));

describe('consume', () => {
  test.each([
    ['SQS', wrapSqs(...BODIES), { acceptedAt: ACCEPTED_AT_MS }],
    ['Kinesis', wrapKinesis(...BODIES), { acceptedAt: ACCEPTED_AT_MS }],
    ['EventBridge', wrapEventbridge(MESSAGES), {}],
  ])('stores the messages of an event of %s in one object, changed', async (_service, event, accepted) => {
    const bucket = createBucket();

    const response = await bucket.consume(event);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bucket.requests.map(({ operation }) => operation)).toEqual(['PUT']);
    const { acceptedAt } = { acceptedAt: undefined, ...accepted };
    expect(bucket.keys()).toEqual([
      computeArrivalKey('run', 'sqs-b10-r1', {
        receivedAtMs: BEGUN.receivedAt,
        requestId: 'request',
        manifest: {
          coldStart: true,
          initMs: 130,
          deliveries: [0, 1].map((sequence) => ({
            sequence,
            ...(acceptedAt !== undefined && { acceptedAtMs: acceptedAt }),
          })),
        },
      }),
    ]);
    const lines = bucket.requests[0]?.body.split('\n') ?? [];
    expect(lines.pop()).toBe('');
    const { padding: _, ...second } = MESSAGES[1] ?? expect.fail();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...MESSAGES[0], ...accepted, ...BEGUN, invocationMessages: 2 },
      { ...second, ...accepted, ...BEGUN, invocationMessages: 2 },
    ]);
  });

  test('stores an object for each trial and run, and counts the invocation as a whole', async () => {
    const bucket = createBucket();
    const others = [createMessage(0, { trialId: 'sqs-b1-r1' }), createMessage(0, { runId: 'before' })];

    await bucket.consume(wrapSqs(...[...MESSAGES, ...others].map((message) => JSON.stringify(message))));

    const names = bucket.keys().map((key) => [key.slice(0, key.lastIndexOf('/')), parseArrivalKey(key)?.messages]);
    expect(names.sort()).toEqual([
      ['arrivals/run=before/trial=sqs-b10-r1', 1],
      ['arrivals/run=run/trial=sqs-b1-r1', 1],
      ['arrivals/run=run/trial=sqs-b10-r1', 2],
    ]);
    for (const { body } of bucket.requests) expect(body).toContain('"invocationMessages":4');
  });

  test.each([
    ['SQS', wrapSqs('no JSON', ...BODIES, '{}'), ['message-0', 'message-3']],
    ['Kinesis', wrapKinesis('no JSON', ...BODIES, '{}'), ['49590', '49593']],
  ])('gives back what it cannot read of an event of %s, and stores the rest', async (_service, event, failed) => {
    const bucket = createBucket();

    const { batchItemFailures } = await bucket.consume(event);

    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(failed);
    expect(bucket.requests[0]?.body.trim().split('\n')).toHaveLength(2);
  });

  test('gives back the messages of the trial that it could not store, and logs why', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const bucket = createBucket(({ path }) =>
      decodeURIComponent(path).includes('trial=sqs-b1-r1/') ? { statusCode: 503, body: '' } : { body: '' },
    );
    const lost = JSON.stringify(createMessage(0, { trialId: 'sqs-b1-r1' }));

    const response = await bucket.consume(wrapSqs(lost, ...BODIES));

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ $metadata: expect.anything() }));
    log.mockRestore();
  });

  test.each([
    ['cannot be stored', MESSAGES, 503],
    ['holds something else', [...MESSAGES, { sequence: 'one' }], 200],
    ['holds no list', { 0: MESSAGES[0] }, 200],
  ])('fails an event of EventBridge that %s, so that it comes again', async (_why, messages, statusCode) => {
    const bucket = createBucket(() => ({ statusCode, body: '' }));

    await expect(bucket.consume(wrapEventbridge(messages))).rejects.toThrow(EventNotConsumedError);
    if (statusCode === 200) expect(bucket.requests).toEqual([]);
  });

  test.each([[null], ['text'], [{}], [{ Records: 5 }], [{ detail: 'text' }]])('refuses the event %j', (event) => {
    expect(() => parseDeliveries(event)).toThrow(UnreadableEventError);
  });
});
