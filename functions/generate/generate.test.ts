import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseInput } from '../../model/input.ts';
import { computePlan } from '../../model/plan.ts';
import { type Answer, answerError, answerRequests, type SentRequest } from '../answered-clients.fixture.ts';
import { createStoreAcknowledgements } from './acknowledgement-log.ts';
import { createFactSource } from './fact-source.ts';
import { FACTS } from './facts.ts';
import { generate } from './generate.ts';
import type { GenerateEvent } from './parse-event.ts';
import { createPublishKinesis } from './publish-kinesis.ts';
import { createPublishSqs } from './publish-sqs.ts';
import { createQueueUrlLookup } from './queue-url-lookup.ts';

const START_MS = 1_800_000_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: START_MS - 200, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

interface Record {
  readonly Data: string;
  readonly PartitionKey: string;
}

/** The Kinesis lane, whose stream answers as `respond` says: each record with an error code, or undefined. */
function createLane(
  respond: (records: Record[], call: number) => (string | undefined)[] | Answer = acceptAll,
  storeAnswer: Answer = { body: '' },
) {
  let calls = 0;
  const { requests, config } = answerRequests((request): Answer => {
    if (request.operation === 'GetParameter') return answerError('ParameterNotFound');
    if (request.operation === 'PUT') return storeAnswer;
    const records = readRecords(request);
    const outcome = respond(records, calls++);
    if (!Array.isArray(outcome)) return outcome;
    return {
      body: {
        FailedRecordCount: outcome.filter((code) => code).length,
        Records: outcome.map((code) => (code ? { ErrorCode: code } : { SequenceNumber: '1', ShardId: 's' })),
      },
    };
  });
  const ssm = new SSMClient(config);
  const parts = {
    publisher: createPublishKinesis(new KinesisClient(config), 'stream'),
    facts: createFactSource({ ssm, parameterName: '/key', fetch }),
    lookup: createQueueUrlLookup({
      ssm,
      sqs: new SQSClient(config),
      variables: { QUEUE_URL: 'https://q', QUEUE_URL_PARAMETER: '/url', QUEUE_NAME: 'q' },
    }),
    store: createStoreAcknowledgements(new S3Client(config), 'bucket'),
  };
  return {
    storedAcknowledgements: () =>
      requests
        .filter(({ operation }) => operation === 'PUT')
        .map(({ path, body }) => ({ key: decodeURIComponent(path).slice(1), acknowledgements: JSON.parse(body) })),
    publishRequests: () => requests.filter(({ operation }) => operation === 'PutRecords'),
    async run(change: Partial<GenerateEvent> & { fields?: object } = {}) {
      let isSettled = false;
      const totals = generate(createEvent(change), parts).finally(() => {
        isSettled = true;
      });
      totals.catch(() => {});
      while (!isSettled) await passTime();
      return totals;
    },
  };
}

/** To the next timer, once everything that does not wait for time has run. */
async function passTime(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (vi.getTimerCount() > 0) await vi.advanceTimersToNextTimerAsync();
}

function acceptAll(records: Record[]): undefined[] {
  return records.map(() => undefined);
}

function readRecords(request: SentRequest): Record[] {
  return JSON.parse(request.body).Records;
}

function readMessages(request: SentRequest) {
  return readRecords(request).map(({ Data }) => JSON.parse(Buffer.from(Data, 'base64').toString()));
}

function createEvent({ fields, ...change }: Partial<GenerateEvent> & { fields?: object }): GenerateEvent {
  const input = parseInput({ services: ['kinesis'], batchSizes: [10], messagesPerTick: 6, ...fields });
  const [trial] = computePlan({ input, runId: 'run', startedAtMs: 0, region: 'us-east-1' }).lanes[0]?.trials ?? [];
  if (!trial) throw new Error('the plan has no trial');
  return { runId: 'run', trial, input, phase: 'measure', tick: 0, startMs: START_MS, totals: null, ...change };
}

describe('generate', () => {
  test('sends each message of the tick at its own instant, and says what it did', async () => {
    const lane = createLane();

    const totals = await lane.run();

    expect(lane.publishRequests().map(({ sentAtMs }) => sentAtMs - START_MS)).toEqual([
      0, 1500, 3000, 4500, 6000, 7500,
    ]);
    const messages = lane.publishRequests().flatMap(readMessages);
    expect(messages.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(messages[1]).toEqual({
      time: new Date(START_MS + 1500).toISOString(),
      id: expect.any(Number),
      service: 'data stream',
      'random fact': expect.toSatisfy((fact) => FACTS.includes(fact)),
      runId: 'run',
      trialId: 'kinesis-b10-r1',
      sequence: 1,
      scheduledAt: new Date(START_MS + 1500).toISOString(),
    });
    expect(totals).toEqual({
      scheduled: 6,
      sent: 6,
      gaveUp: 0,
      calls: 6,
      retriedEntries: 0,
      entries: 6,
      billedUnits: 6,
      bytes: lane
        .publishRequests()
        .flatMap(readRecords)
        .reduce((sum, { Data }) => sum + Buffer.from(Data, 'base64').length, 0),
      invocations: 1,
      generatorMs: 7700,
      lateMsMax: 0,
      endpointLookups: 0,
      endpointLookupMs: 0,
      factSource: 'shipped',
    });
  });

  test('adds to the totals of the ticks before', async () => {
    const lane = createLane();
    const first = await lane.run();

    const both = await lane.run({ tick: 1, totals: first });

    expect(both).toMatchObject({ scheduled: 12, sent: 12, calls: 12, invocations: 2, bytes: expect.any(Number) });
    expect(readMessages(lane.publishRequests().at(-1) ?? expect.fail()).map(({ sequence }) => sequence)).toEqual([11]);
  });

  test('fills calls up to the publish batch size, the last one with what the tick has left', async () => {
    const lane = createLane();

    await lane.run({ fields: { publishBatchSize: 4 } });

    // A call is due with its last message.
    expect(lane.publishRequests().map((request) => [readRecords(request).length, request.sentAtMs - START_MS])).toEqual(
      [
        [4, 4500],
        [2, 7500],
      ],
    );
  });

  test("counts the lookup that a queue's warm-up needed in the tick that follows, and once", async () => {
    const { requests, config } = answerRequests(({ operation }) =>
      operation === 'SendMessageBatch'
        ? { body: { Successful: [], Failed: [] } }
        : { body: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/0/q' } },
    );
    const sqs = new SQSClient(config);
    const ssm = new SSMClient(config);
    const lookup = createQueueUrlLookup({
      ssm,
      sqs,
      variables: { QUEUE_URL: 'https://q', QUEUE_URL_PARAMETER: '/url', QUEUE_NAME: 'q' },
    });
    const facts = createFactSource({ ssm, parameterName: '/key', fetch });
    const store = createStoreAcknowledgements(new S3Client(config), 'bucket');
    const parts = { publisher: createPublishSqs(sqs, lookup), facts, lookup, store };
    const event = createEvent({ fields: { services: ['sqs'], endpointLookup: 'get-queue-url', arrivals: 'burst' } });
    vi.setSystemTime(START_MS);

    await generate({ ...event, phase: 'warm-up' }, parts);
    const first = await generate(event, parts);
    const second = await generate({ ...event, totals: first }, parts);

    expect(requests.filter(({ operation }) => operation === 'GetQueueUrl')).toHaveLength(1);
    expect(first.endpointLookups).toBe(1);
    expect(second.endpointLookups).toBe(1);
    expect(second.sent).toBe(12);
  });

  test('stores when the calls of a tick returned, by sequence', async () => {
    const lane = createLane();

    await lane.run({ tick: 2 });

    expect(lane.storedAcknowledgements()).toEqual([
      {
        key: 'acknowledgements/run=run/trial=kinesis-b10-r1/tick=0002.json',
        acknowledgements: {
          startMs: START_MS,
          sequences: [12, 13, 14, 15, 16, 17],
          acknowledgedAfterMs: [20_000, 21_500, 23_000, 24_500, 26_000, 27_500],
        },
      },
    ]);
  });

  test('goes on when the acknowledgements of a tick cannot be stored: it is published', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const lane = createLane(acceptAll, {
      statusCode: 403,
      body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>',
    });

    expect(await lane.run()).toMatchObject({ sent: 6, gaveUp: 0 });
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ name: 'AccessDenied' }));
    logged.mockRestore();
  });

  test('says how late it was', async () => {
    vi.setSystemTime(START_MS + 400);

    expect(await createLane().run()).toMatchObject({ lateMsMax: 400, sent: 6 });
  });

  test('warms up with five messages at once that can never count in the trial', async () => {
    const lane = createLane();

    const totals = await lane.run({ phase: 'warm-up' });

    const messages = lane.publishRequests().flatMap(readMessages);
    expect(messages.map(({ trialId, sequence }) => [trialId, sequence])).toEqual(
      [0, 1, 2, 3, 4].map((sequence) => ['kinesis-b10-r1.warm-up', sequence]),
    );
    expect(new Set(lane.publishRequests().map(({ sentAtMs }) => sentAtMs))).toEqual(new Set([START_MS]));
    expect(totals).toMatchObject({ scheduled: 5, sent: 5, invocations: 1 });
    expect(lane.storedAcknowledgements()).toEqual([]);
  });
});

describe('a call that fails', () => {
  const fields = { publishBatchSize: 6 };

  test('in part is made again with the refused entries only', async () => {
    const lane = createLane((records, call) =>
      records.map((_, index) => (call === 0 && index % 2 === 1 ? 'InternalFailure' : undefined)),
    );

    const totals = await lane.run({ fields });

    const sequences = lane.publishRequests().map((request) => readMessages(request).map(({ sequence }) => sequence));
    expect(sequences).toEqual([
      [0, 1, 2, 3, 4, 5],
      [1, 3, 5],
    ]);
    expect(totals).toMatchObject({ sent: 6, gaveUp: 0, calls: 2, retriedEntries: 3, entries: 6, billedUnits: 6 });
    const [{ acknowledgements } = expect.fail()] = lane.storedAcknowledgements();
    expect(acknowledgements.sequences).toEqual([0, 2, 4, 1, 3, 5]);
    expect(acknowledgements.acknowledgedAfterMs[3]).toBeGreaterThan(acknowledgements.acknowledgedAfterMs[0]);
  });

  test.each([
    ['throttled', () => answerError('ProvisionedThroughputExceededException')],
    ['failed by the service', () => answerError('InternalFailure', 500)],
    [
      'cut off',
      () => {
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      },
    ],
  ])('as a whole, %s, is made again', async (_how, fail) => {
    const lane = createLane((records, call) => (call === 0 ? fail() : acceptAll(records)));

    expect(await lane.run({ fields })).toMatchObject({
      sent: 6,
      gaveUp: 0,
      calls: 2,
      retriedEntries: 6,
      billedUnits: 6,
    });
  });

  test('time and again is given up after five attempts, a second apart at most', async () => {
    const lane = createLane((records) => records.map(() => 'ProvisionedThroughputExceededException'));

    const totals = await lane.run({ fields });

    expect(totals).toMatchObject({
      scheduled: 6,
      sent: 0,
      gaveUp: 6,
      calls: 5,
      retriedEntries: 24,
      entries: 0,
      bytes: 0,
    });
    expect(totals.billedUnits).toBe(0);
    expect(lane.storedAcknowledgements()[0]?.acknowledgements.sequences).toEqual([]);
    const times = lane.publishRequests().map(({ sentAtMs }) => sentAtMs);
    for (const [index, time] of times.slice(1).entries()) {
      expect(time - (times[index] ?? 0)).toBeLessThanOrEqual(Math.min(1000, 100 * 2 ** index) + 1);
    }
  });

  test('for good fails the tick at once, under the name of its error', async () => {
    const lane = createLane(() => answerError('AccessDeniedException'));

    await expect(lane.run()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(lane.publishRequests().length).toBe(1);
  });
});
