// Rule: a mapping with MetricsConfig EventCount counts the events that it polls, hands over, deletes, drops and tells a destination of;
//   IteratorAge says how old the last record of a batch was when it was sent to the function.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html

import { describe, expect, test } from 'vitest';
import { START_MS, type TestAccount } from '../../../emulator/create-test-account.fixture.ts';
import {
  createMappedQueue,
  logSize,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';
import { createMappedStream } from '../../../emulator/lambda/event-source-mappings/create-mapped-stream.fixture.ts';

/** Until every minute shows. */
const APPEARANCE_MS = 600_000;

function sumEvents({ world }: TestAccount, uuid: string, metricName: string): number {
  const dimensions = { EventSourceMappingUUID: uuid };
  const nowMs = world.clock.now();
  return world.metrics
    .read({ namespace: 'AWS/Lambda', metricName, dimensions }, { startMs: START_MS, endMs: nowMs, asOfMs: nowMs })
    .reduce((total, { sum }) => total + sum, 0);
}

const failOdd =
  '{ batchItemFailures: event.Records.filter((r) => r.body % 2 && r.attributes.ApproximateReceiveCount === "1").map((r) => ({ itemIdentifier: r.messageId })) }';

describe('events of a queue', () => {
  test('are counted when they are polled, handed over, failed and deleted', async () => {
    const queue = createMappedQueue({ code: logSize(failOdd), countsEvents: true });

    await queue.send(20);
    await queue.pass(APPEARANCE_MS);

    const count = (name: string) => sumEvents(queue, queue.UUID, name);
    expect(count('PolledEventCount')).toBe(30);
    expect(count('InvokedEventCount')).toBe(30);
    expect(count('FailedInvokeEventCount')).toBe(10);
    expect(count('DeletedEventCount')).toBe(20);
  });

  test('are not counted unless the mapping says so', async () => {
    const queue = createMappedQueue();

    await queue.send(20);
    await queue.pass(APPEARANCE_MS);

    expect(sumEvents(queue, queue.UUID, 'PolledEventCount')).toBe(0);
  });
});

describe('events of a stream', () => {
  test('are counted when they are polled, tried, dropped and told of', async () => {
    const stream = createMappedStream({
      countsEvents: true,
      maximumRetryAttempts: 1,
      onFailureArn: 'arn:aws:sqs:us-east-1:000000000000:failures',
      code: 'exports.handler = async () => { throw new Error("no"); };',
    });
    stream.services.sqs.createQueue({ name: 'failures', visibilityTimeoutSeconds: 30 });
    const { uuid } = stream.map();

    await stream.put(7);
    await stream.pass(APPEARANCE_MS);

    const count = (name: string) => sumEvents(stream, uuid, name);
    expect(count('PolledEventCount')).toBe(7);
    expect(count('InvokedEventCount')).toBe(14);
    expect(count('FailedInvokeEventCount')).toBe(14);
    expect(count('DroppedEventCount')).toBe(7);
    expect(count('OnFailureDestinationDeliveredEventCount')).toBe(7);
  });

  test('have an age, which grows while a batch holds up its shard', async () => {
    const stream = createMappedStream({
      code: 'let n = 0; exports.handler = async () => { if (n++ < 5) throw new Error("no"); };',
    });
    stream.map();

    await stream.put(1);
    await stream.pass(APPEARANCE_MS);

    const [first] = stream.readFunctionMetric('IteratorAge');
    expect(first?.minimum).toBeLessThan(3000);
    expect(first?.maximum).toBeGreaterThan(30_000);
  });
});
