import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { computeArrivalKey, computeArrivalsPrefix } from '../../model/keys.ts';
import type { Collection } from '../../model/tally.ts';
import { createInMemoryBucket } from '../in-memory-bucket.fixture.ts';
import { collectArrivalEvents } from './collect-arrival-events.ts';

const EVENT_TIME = '2026-11-23T12:00:00.123Z';
const MINUTES_MS = 600_000;

function renderNotification(key: string): string {
  // As S3 encodes keys.
  const encoded = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  return JSON.stringify({ Records: [{ eventTime: EVENT_TIME, s3: { object: { key: encoded } } }] });
}

/** A bucket with arrivals, and the queue that S3 told of them in. */
function createWorld({ remainingMs = (): number => MINUTES_MS, pageObjects = 7 } = {}) {
  const bucket = createInMemoryBucket({ pageObjects });
  const waiting: string[] = [];
  const inFlight = new Map<string, string>();
  const sqs = new SQSClient({ region: 'us-east-1' });
  let receivers = 0;
  let receiversMax = 0;
  const send = async (command: object) => {
    if (command instanceof ReceiveMessageCommand) {
      receiversMax = Math.max(receiversMax, ++receivers);
      await new Promise(setImmediate);
      receivers--;
      const bodies = waiting.splice(0, command.input.MaxNumberOfMessages);
      return {
        Messages: bodies.map((Body) => {
          const ReceiptHandle = `receipt-${inFlight.size}`;
          inFlight.set(ReceiptHandle, Body);
          return { Body, ReceiptHandle };
        }),
      };
    }
    if (command instanceof DeleteMessageBatchCommand) {
      for (const { ReceiptHandle = '' } of command.input.Entries ?? []) inFlight.delete(ReceiptHandle);
      return {};
    }
    throw new Error(`unexpected ${command.constructor.name}`);
  };
  Object.assign(sqs, { send });
  let calls = 0;
  return {
    bucket,
    waiting,
    inFlight,
    /** The most that received at a time. */
    receiversMax: () => receiversMax,
    arrive(trialId: string, name: string, runId = 'run') {
      const key = `${computeArrivalsPrefix(runId, trialId)}${name}`;
      bucket.put(key, '{}');
      return key;
    },
    collect: (before: Collection | null = null) =>
      collectArrivalEvents(
        { runId: 'run', before },
        { ...bucket, sqs, queueUrl: 'queue', name: `call-${calls++}`, remainingMs },
      ),
    collected: () =>
      [...bucket.objects]
        .filter(([key]) => key.startsWith('arrival-events/'))
        .flatMap(([key, { body }]) =>
          body
            .trim()
            .split('\n')
            .map((line) => ({ folder: key.split('/').slice(1, 3), ...JSON.parse(line) })),
        ),
  };
}

describe('collectArrivalEvents', () => {
  test('stores the events by trial, with S3’s instant, and then deletes them', async () => {
    const world = createWorld();
    const keys = [world.arrive('sqs-b1-r1', '1-a b.ndjson'), world.arrive('kinesis-b1-r1', '2.ndjson')];
    world.waiting.push(...keys.map(renderNotification));

    const collection = await world.collect();

    expect(collection).toMatchObject({ objects: 2, events: 2, dropped: 0, complete: true, more: false });
    expect(world.collected()).toEqual([
      { folder: ['run=run', 'trial=sqs-b1-r1'], key: keys[0], arrivedAtMs: Date.parse(EVENT_TIME) },
      { folder: ['run=run', 'trial=kinesis-b1-r1'], key: keys[1], arrivedAtMs: Date.parse(EVENT_TIME) },
    ]);
    expect(world.inFlight.size).toBe(0);
  });

  test('takes as many receives as it must for hundreds of events', async () => {
    const world = createWorld();
    for (let index = 0; index < 305; index++) {
      world.waiting.push(renderNotification(world.arrive('sqs-b1-r1', `${index}.ndjson`)));
    }

    expect(await world.collect()).toMatchObject({ events: 305, complete: true, receives: 32 });
    expect(world.collected()).toHaveLength(305);
  });

  test('ends with what there is, and goes on from it when it is called again', async () => {
    const world = createWorld();
    const [first, late] = [world.arrive('sqs-b1-r1', '1.ndjson'), world.arrive('sqs-b1-r1', '2.ndjson')];
    world.waiting.push(renderNotification(first));

    const before = await world.collect();
    expect(before).toMatchObject({ objects: 2, events: 1, complete: false, more: false });

    world.waiting.push(renderNotification(late));
    expect(await world.collect(before)).toMatchObject({ objects: 2, events: 2, complete: true });
    expect(world.collected().map(({ key }) => key)).toEqual([first, late]);
  });

  test('says that there may be more when its time is short, and starts nothing then', async () => {
    const world = createWorld({ remainingMs: () => 60_000 });
    world.waiting.push(renderNotification(world.arrive('sqs-b1-r1', '1.ndjson')));

    expect(await world.collect()).toMatchObject({ events: 0, receives: 0, complete: false, more: true });
    expect(world.waiting).toHaveLength(1);
  });

  test('drops what other runs left behind, and counts a warm-up without keeping it', async () => {
    const world = createWorld();
    const warmUp = world.arrive('sqs-b1-r1.warm-up', '1.ndjson');
    world.waiting.push(renderNotification(world.arrive('sqs-b1-r1', '1.ndjson', 'before')), renderNotification(warmUp));

    expect(await world.collect()).toMatchObject({ objects: 1, events: 1, dropped: 1, complete: true });
    expect(world.collected()).toEqual([]);
    expect(world.inFlight.size).toBe(0);
  });

  test('leaves events in the queue that it could not store', async () => {
    const world = createWorld();
    world.waiting.push(renderNotification(world.arrive('sqs-b1-r1', '1.ndjson')));
    const { send } = world.bucket.s3;
    Object.assign(world.bucket.s3, {
      send: async (command: object) => {
        if (command.constructor.name === 'PutObjectCommand') throw new Error('SlowDown');
        return Reflect.apply(send, world.bucket.s3, [command]);
      },
    });

    await expect(world.collect()).rejects.toThrow('SlowDown');
    expect(world.inFlight.size).toBe(1);
  });

  test('counts what it had stored before it failed, and leaves the rest to the next call', async () => {
    const world = createWorld();
    const keys = [world.arrive('sqs-b1-r1', '1.ndjson'), world.arrive('sqs-b1-r1', '2.ndjson')];
    world.waiting.push(...keys.map(renderNotification));
    const { send } = world.bucket.s3;
    let puts = 0;
    Object.assign(world.bucket.s3, {
      send: async (command: object) => {
        if (command.constructor.name !== 'PutObjectCommand') return Reflect.apply(send, world.bucket.s3, [command]);
        puts++;
        if (puts === 2) throw new Error('SlowDown');
        // Another event comes while the first batch is stored.
        if (puts === 1) world.waiting.push(renderNotification(world.arrive('sqs-b1-r1', '3.ndjson')));
        return Reflect.apply(send, world.bucket.s3, [command]);
      },
    });

    expect(await world.collect()).toMatchObject({
      objects: 2,
      events: 2,
      complete: false,
      more: true,
      failure: { error: 'Error', cause: 'SlowDown' },
    });
  });

  test('takes more and more at a time of what earlier runs left', async () => {
    const world = createWorld();
    const key = world.arrive('sqs-b1-r1', '1.ndjson');
    world.waiting.push(renderNotification(key));
    for (let index = 0; index < 20_000; index++) {
      world.waiting.push(renderNotification(`arrivals/run=before/trial=sqs-b1-r1/${index}.ndjson`));
    }

    expect(await world.collect()).toMatchObject({ events: 1, dropped: 20_000, complete: true, more: false });
    expect(world.receiversMax()).toBe(24);
  });

  test('does not take a queue for empty that it had no time to ask', async () => {
    let remainingMs = 120_002;
    const world = createWorld({ remainingMs: () => --remainingMs });
    world.waiting.push(renderNotification(world.arrive('sqs-b1-r1', '1.ndjson')));

    expect(await world.collect()).toMatchObject({ receives: 0, complete: false, more: true });
  });

  test('is not complete while the queue has more, as an event may have come twice', async () => {
    const world = createWorld();
    const [first = '', second = ''] = [1, 2].map((name) =>
      renderNotification(world.arrive('sqs-b1-r1', `${name}.ndjson`)),
    );
    world.waiting.push(first, first, second);

    expect(await world.collect()).toMatchObject({ objects: 2, events: 3, complete: true });
    expect(world.collected()).toHaveLength(3);
    expect(world.waiting).toEqual([]);
  });

  test('counts objects by trial, in ranges of time, when there are many', async () => {
    const world = createWorld({ remainingMs: () => 0, pageObjects: 1000 });
    for (let index = 0; index < 25_000; index++) {
      const manifest = { coldStart: false, initMs: 0, deliveries: [{ sequence: index }] };
      const invocation = { receivedAtMs: Date.UTC(2026, 10, 23) + index, requestId: `r${index}`, manifest };
      world.bucket.put(computeArrivalKey('run', `sqs-b${index % 2}-r1`, invocation), '{}');
    }

    expect(await world.collect()).toMatchObject({ objects: 25_000, events: 0, more: true });
    const begun = world.bucket.listings.filter(({ startAfter }) => startAfter === undefined);
    // The run's, for its first pages and for its folders, and each folder's.
    expect(begun.map(({ prefix }) => prefix)).toEqual([
      'arrivals/run=run/',
      'arrivals/run=run/',
      'arrivals/run=run/trial=sqs-b0-r1/',
      'arrivals/run=run/trial=sqs-b1-r1/',
    ]);
  });

  test.each([
    ['the test event of a new configuration', '{"Service":"Amazon S3","Event":"s3:TestEvent"}'],
    ['text that is no JSON', 'hello'],
  ])('takes %s for no event, and deletes it', async (_what, body) => {
    const world = createWorld();
    world.waiting.push(body, renderNotification(world.arrive('sqs-b1-r1', '1.ndjson')));

    expect(await world.collect()).toMatchObject({ events: 1, complete: true });
    expect(world.inFlight.size).toBe(0);
  });

  test('of a run without arrivals asks nobody', async () => {
    expect(await createWorld().collect()).toMatchObject({ objects: 0, receives: 0, complete: true });
  });
});
