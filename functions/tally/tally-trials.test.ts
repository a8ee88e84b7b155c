import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderArrivedLine } from '../../model/arrived-message.ts';
import {
  computeAcknowledgementsKey,
  computeArrivalEventsKey,
  computeArrivalKey,
  computeArrivalsPrefix,
  computePlanKey,
  computeResultKey,
  computeTallyKey,
} from '../../model/keys.ts';
import { sumMessages } from '../../model/latency-counts.ts';
import { NO_STRAYS, type Tally } from '../../model/tally.ts';
import { createReportFacts } from '../../reports/report-facts.fixture.ts';
import { createInMemoryBucket } from '../in-memory-bucket.fixture.ts';
import { createMessage } from '../message.fixture.ts';
import { tallyTrials } from './tally-trials.ts';

const { plan, trials } = createReportFacts();
const TRIAL = 'sqs-b10-r1';
const START_MS = trials.find(({ result }) => result.trial.trialId === TRIAL)?.result.startMs ?? Number.NaN;
/** Messages are 180 ms apart: nine of a tick's ten seconds are for its fifty messages. */
const scheduledAtMs = (sequence: number) => START_MS + Math.floor(sequence / 50) * 10_000 + (sequence % 50) * 180;

interface Stored {
  readonly sequences: readonly number[];
  readonly trialId?: string;
  readonly runId?: string;
  /** After the first one's schedule. */
  readonly receivedAfterMs?: number;
  readonly acceptedAfterMs?: number;
  readonly requestId?: string;
  readonly coldStart?: boolean;
  /** After the handler's start; undefined for an event that never came. */
  readonly arrivedAfterMs?: number | undefined;
  /** Firehose's objects have names of their own. */
  readonly name?: string;
  readonly extraLines?: string;
}

/** A bucket with a plan, the results of all its trials, and what a test stores. */
function createBucket(unfinished: readonly string[] = []) {
  const bucket = createInMemoryBucket();
  bucket.put(computePlanKey(plan.runId), plan);
  for (const { result } of trials) {
    const { trialId } = result.trial;
    if (!unfinished.includes(trialId)) bucket.put(computeResultKey(plan.runId, trialId), result);
  }
  let objects = 0;
  return {
    ...bucket,
    store(stored: Stored, folder = stored.trialId ?? TRIAL) {
      const { sequences, trialId = TRIAL, runId = plan.runId, requestId = `request-${objects}` } = stored;
      const firstMs = scheduledAtMs(sequences[0] ?? 0);
      const receivedAtMs = firstMs + (stored.receivedAfterMs ?? 20);
      const acceptedAtMs = firstMs + (stored.acceptedAfterMs ?? 5);
      const coldStart = stored.coldStart ?? false;
      const initMs = coldStart ? 300 : 0;
      const deliveries = sequences.map((sequence) => ({ sequence, acceptedAtMs }));
      const manifest = { coldStart, initMs, deliveries };
      const key =
        stored.name === undefined
          ? computeArrivalKey(plan.runId, folder, { receivedAtMs, requestId, manifest })
          : `${computeArrivalsPrefix(plan.runId, folder)}${stored.name}`;
      const invocation = { receivedAt: receivedAtMs, requestId, coldStart, initMs, invocationMessages: 1 };
      const lines = sequences.map((sequence) =>
        renderArrivedLine({ message: createMessage(sequence, { runId, trialId }), acceptedAtMs }, invocation),
      );
      const arrivedAtMs = receivedAtMs + (stored.arrivedAfterMs ?? 30);
      bucket.put(key, `${lines.join('\n')}\n${stored.extraLines ?? ''}`, arrivedAtMs);
      const hasEvent = !('arrivedAfterMs' in stored && stored.arrivedAfterMs === undefined);
      const eventsKey = computeArrivalEventsKey(plan.runId, folder, `chunk-${objects++}`);
      if (hasEvent) bucket.put(eventsKey, `${JSON.stringify({ key, arrivedAtMs })}\n`);
    },
    async tally(trialId = TRIAL, trialIds: readonly string[] = [trialId]): Promise<Required<Tally>> {
      await tallyTrials({ runId: plan.runId, trialIds }, bucket);
      return bucket.readJson(computeTallyKey(plan.runId, trialId)) as Required<Tally>;
    },
  };
}

describe('a tally', () => {
  test('counts messages, lines, objects and invocations', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], requestId: 'a' });
    bucket.store({ sequences: [1, 2], requestId: 'b' });
    bucket.store({ sequences: [2], requestId: 'c' });

    expect(await bucket.tally()).toMatchObject({
      trialId: TRIAL,
      objects: 3,
      objectsRead: 0,
      strays: NO_STRAYS,
      arrivals: {
        arrived: 3,
        lines: 4,
        objects: 3,
        requestIds: 3,
        requestIdsInWindow: 3,
        invocationSizes: [
          { messages: 1, invocations: 2 },
          { messages: 2, invocations: 1 },
        ],
      },
    });
  });

  test('reads no object whose name tells what it holds, however many there are', async () => {
    const bucket = createBucket();
    for (let sequence = 0; sequence < 30; sequence++) bucket.store({ sequences: [sequence] });

    const { arrivals } = await bucket.tally();

    expect(arrivals.arrived).toBe(30);
    expect(bucket.reads.filter((key) => key.startsWith('arrivals/'))).toEqual([]);
  });

  test('is the same whether names tell or lines', async () => {
    const stored: Stored[] = [
      { sequences: [0, 1, 2], coldStart: true },
      { sequences: [2], receivedAfterMs: -3 },
      { sequences: [7, 5], arrivedAfterMs: undefined },
    ];
    const named = createBucket();
    const read = createBucket();
    for (const [index, object] of stored.entries()) {
      named.store({ ...object, requestId: `request-${index}` });
      read.store({ ...object, requestId: `request-${index}`, name: `object-${index}` });
    }

    const byName = await named.tally();
    const byLine = await read.tally();

    expect(byLine.arrivals).toEqual(byName.arrivals);
    expect([byName.objectsRead, byLine.objectsRead]).toEqual([0, 3]);
  });

  test('times a message from its schedule to the handler, and to the instant that S3 tells', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [3], receivedAfterMs: 20, arrivedAfterMs: 31 });

    const { arrivals } = await bucket.tally();

    expect(arrivals).toMatchObject({
      delivery: [[20, 1]],
      arrival: [[51, 1]],
      arrivalBases: { event: 1, second: 0, 'bounded-second': 0, receipt: 0 },
    });
  });

  test('takes LastModified where S3 told nothing, and counts that', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], receivedAfterMs: 20, arrivedAfterMs: undefined });
    bucket.store({ sequences: [50], receivedAfterMs: 20, arrivedAfterMs: 30 });

    const { arrivals } = await bucket.tally();

    // The trial starts on a full second: the middle of what is left of it.
    expect(arrivals.arrival).toEqual([
      [50, 1],
      [510, 1],
    ]);
    expect(arrivals.arrivalBases).toEqual({ event: 1, second: 0, 'bounded-second': 1, receipt: 0 });
  });

  test('times a message that came again by its first delivery and its first arrival, in whatever order they lie', async () => {
    const copies: Stored[] = [120, 20, 70].map((receivedAfterMs) => ({ sequences: [0], receivedAfterMs }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(copies, { minLength: 3 }), async (shuffled) => {
        const bucket = createBucket();
        for (const [index, copy] of shuffled.entries()) bucket.store({ ...copy, name: `object-${index}` });

        const { arrivals } = await bucket.tally();

        expect(arrivals).toMatchObject({ lines: 3, arrived: 1, delivery: [[20, 1]], arrival: [[50, 1]] });
      }),
      { numRuns: 10 },
    );
  });

  test.each([
    ['first', 0, 5000],
    ['last', 5000, 0],
  ])(
    'times a message that came twice by the copy that S3 told of, though that came %s',
    async (_which, toldAfterMs, otherAfterMs) => {
      const bucket = createBucket();
      const twice = (name: string, afterMs: number) => ({ sequences: [0], receivedAfterMs: 20 + afterMs, name });
      bucket.store({ ...twice('a', toldAfterMs), arrivedAfterMs: 30 });
      bucket.store({ ...twice('b', otherAfterMs), arrivedAfterMs: undefined });

      const { arrivals } = await bucket.tally();
      expect(arrivals.arrival).toEqual([[50 + toldAfterMs, 1]]);
      expect(arrivals.arrivalBases).toMatchObject({ event: 1, second: 0 });
    },
  );

  test('is not changed by an event that S3 told twice', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0, 1] });
    const [[key, { body } = expect.fail()] = expect.fail()] = [...bucket.objects].filter(([name]) =>
      name.startsWith('arrival-events/'),
    );
    const once = await bucket.tally();

    bucket.put(key.replace('chunk-0', 'chunk-again'), body);

    expect(await bucket.tally()).toEqual(once);
  });

  test('takes no event for an arrival whose object is not there', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0] });
    for (const key of bucket.objects.keys()) if (key.startsWith('arrivals/')) bucket.objects.delete(key);

    expect(await bucket.tally()).toMatchObject({
      arrivals: { arrived: 0, arrival: [], arrivalBases: { event: 0 } },
      objects: 0,
    });
  });

  test('splits the way into hops, and keeps those below zero', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], acceptedAfterMs: 5, receivedAfterMs: 9, arrivedAfterMs: 40 });
    bucket.put(computeAcknowledgementsKey(plan.runId, TRIAL, 0), {
      startMs: START_MS,
      sequences: [0, 1],
      acknowledgedAfterMs: [12, 190],
    });

    const { arrivals } = await bucket.tally();

    expect(arrivals.hops).toEqual([
      // Of the message that never arrived too: it was published all the same.
      {
        from: 'scheduled',
        to: 'acknowledged',
        latency: [
          [10, 1],
          [12, 1],
        ],
      },
      { from: 'acknowledged', to: 'accepted', latency: [[-7, 1]] },
      { from: 'accepted', to: 'received', latency: [[4, 1]] },
      { from: 'received', to: 'arrived', latency: [[40, 1]] },
    ]);
  });

  test('keeps cold starts apart: each invocation’s initialisation once, and its messages', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0, 1], coldStart: true, receivedAfterMs: 400 });
    bucket.store({ sequences: [2], receivedAfterMs: 10 });

    const { coldStarts } = (await bucket.tally()).arrivals;

    expect(coldStarts).toMatchObject({ invocations: 1, initMs: 300 });
    expect(coldStarts.delivery).toEqual([
      [220, 1],
      [400, 1],
    ]);
  });

  test('tells invocations within the trial’s minutes from those after', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], receivedAfterMs: 119_999 });
    bucket.store({ sequences: [1], receivedAfterMs: 120_000 });

    expect((await bucket.tally()).arrivals).toMatchObject({ requestIds: 2, requestIdsInWindow: 1 });
  });

  test('counts an invocation once that Lambda tried again under its own id minutes later', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], requestId: 'a', receivedAfterMs: 0 });
    bucket.store({ sequences: [0], requestId: 'a', receivedAfterMs: 60_000 });
    bucket.store({ sequences: [0], requestId: 'a', receivedAfterMs: 180_000 });

    expect((await bucket.tally()).arrivals).toMatchObject({
      requestIds: 1,
      invocationSizes: [{ messages: 3, invocations: 1 }],
    });
  });

  test('counts the invocations of a late warm-up among those of the window, and none of its messages', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], requestId: 'a' });
    bucket.store({ sequences: [0, 1], trialId: `${TRIAL}.warm-up`, receivedAfterMs: 70, requestId: 'b' });
    bucket.store({ sequences: [0], trialId: `${TRIAL}.warm-up`, receivedAfterMs: -70, requestId: 'c' });

    expect((await bucket.tally()).arrivals).toMatchObject({ lines: 1, requestIds: 1, requestIdsInWindow: 2 });
  });

  test('of a trial that did not end counts its lines apart', async () => {
    const bucket = createBucket([TRIAL]);
    bucket.store({ sequences: [0, 1] });
    bucket.store({ sequences: [2], name: 'read' });

    const tally = await bucket.tally();

    expect(tally.arrivals).toBeUndefined();
    expect(tally.strays).toEqual({ ...NO_STRAYS, unfinished: 3 });
  });

  test('of a name with a sequence that the trial does not have counts it apart', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [299, 300] });

    expect(await bucket.tally()).toMatchObject({ arrivals: { arrived: 1 }, strays: { ...NO_STRAYS, unknown: 1 } });
  });
});

describe('the lines of Firehose', () => {
  const [FIRST = '', SECOND = '', THIRD = ''] = plan.lanes
    .filter(({ service }) => service === 'firehose')
    .flatMap((lane) => lane.trials.map(({ trialId }) => trialId));
  const ALL = [FIRST, SECOND, THIRD];

  test('count for the trial that they name, under its own folder or the next one’s', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], trialId: FIRST, name: 'a' });
    bucket.store({ sequences: [1, 2], trialId: FIRST, name: 'b' }, SECOND);
    bucket.store({ sequences: [0], trialId: SECOND, name: 'c' });

    const first = await bucket.tally(FIRST, ALL);
    const second = await bucket.tally(SECOND, ALL);

    expect(first.arrivals).toMatchObject({ arrived: 3, objects: 2 });
    expect(sumMessages(first.arrivals.arrival)).toBe(3);
    expect(second.arrivals).toMatchObject({ arrived: 1, objects: 1 });
    expect(second.strays).toEqual(NO_STRAYS);
  });

  test('count for nobody under the folder of a trial later than that', async () => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], trialId: FIRST, name: 'a' }, THIRD);

    expect((await bucket.tally(FIRST, ALL)).arrivals.arrived).toBe(0);
    expect((await bucket.tally(THIRD, ALL)).strays).toEqual({ ...NO_STRAYS, misplaced: 1 });
  });

  test('are timed by the events of the folder that they lie in, though its trial did not end', async () => {
    const bucket = createBucket([SECOND]);
    bucket.store({ sequences: [0], trialId: FIRST, name: 'a' }, SECOND);

    expect((await bucket.tally(FIRST, ALL)).arrivals.arrivalBases).toMatchObject({ event: 1, second: 0 });
  });

  test('of a late warm-up tell of its invocation, and of no message', async () => {
    // The second trial of each service starts at the same instant.
    const bucket = createBucket();
    bucket.store({ sequences: [10], trialId: SECOND, name: 'a', requestId: 'a' });
    bucket.store({ sequences: [0], trialId: `${SECOND}.warm-up`, name: 'b', requestId: 'b' }, SECOND);

    expect(await bucket.tally(SECOND, ALL)).toMatchObject({
      arrivals: { lines: 1, requestIds: 1, requestIdsInWindow: 2 },
      strays: { ...NO_STRAYS, warmUp: 1 },
    });
  });

  test('give an object to the trial of its first line only', async () => {
    const bucket = createBucket();
    const line = renderArrivedLine(
      { message: createMessage(5, { runId: plan.runId, trialId: SECOND }), acceptedAtMs: undefined },
      { receivedAt: START_MS, requestId: 'x', coldStart: false, initMs: 0, invocationMessages: 1 },
    );
    bucket.store({ sequences: [0], trialId: FIRST, name: 'a', extraLines: `${line}\n` }, SECOND);

    expect((await bucket.tally(FIRST, ALL)).arrivals).toMatchObject({ objects: 1, lines: 1 });
    expect((await bucket.tally(SECOND, ALL)).arrivals).toMatchObject({ objects: 0, lines: 1 });
  });

  test.each<[string, Partial<Stored>, object]>([
    ['warm-up', { trialId: `${FIRST}.warm-up` }, { warmUp: 1 }],
    ['a trial that is not in the plan', { trialId: 'firehose-b7-r1' }, { unknown: 1 }],
    ['warm-up of a trial that is not in the plan', { trialId: 'firehose-b7-r1.warm-up' }, { unknown: 1 }],
    ['another run', { runId: 'another' }, { unknown: 1 }],
    ['warm-up of another run', { runId: 'another', trialId: `${FIRST}.warm-up` }, { unknown: 1 }],
    ['a sequence past the last', { sequences: [300] }, { unknown: 1 }],
    ['a sequence below zero', { sequences: [-1] }, { unknown: 1 }],
    ['a sequence that is no whole number', { sequences: [0.5] }, { unknown: 1 }],
    ['text that is no JSON', { sequences: [], extraLines: '{"runId":' }, { unreadable: 1 }],
    ['JSON that is no object', { sequences: [], extraLines: '[1]' }, { unreadable: 1 }],
    ['a message without its receipt', { sequences: [], extraLines: '{"runId":"run"}' }, { unreadable: 1 }],
  ])('of %s are counted apart', async (_what, change, strays) => {
    const bucket = createBucket();
    bucket.store({ sequences: [0], trialId: FIRST, name: 'a', ...change }, FIRST);

    const tally = await bucket.tally(FIRST, ALL);

    expect(tally.strays).toEqual({ ...NO_STRAYS, ...strays });
    expect(tally.arrivals.lines).toBe(0);
  });
});
