import { describe, expect, test } from 'vitest';
import { parseInput } from './input.ts';
import { CostLimitError, computePlan, PlanTooLargeError } from './plan.ts';
import { UnknownPriceError } from './prices/price.ts';
import { SERVICES, type Service } from './service.ts';
import type { Plan, Trial } from './trial.ts';

function plan(rawInput: Record<string, unknown>, region = 'us-east-1'): Plan {
  return computePlan({ input: parseInput({ costLimitUsd: 1e6, ...rawInput }), runId: 'run', startedAtMs: 5, region });
}

/** The only trial of a plan for one service. */
function planTrial(service: string, batchSize: number, rawInput: Record<string, unknown> = {}): Trial {
  const [trial] = plan({ services: [service], batchSizes: [batchSize], ...rawInput }).lanes[0]?.trials ?? [];
  if (!trial) throw new Error('the plan has no trial');
  return trial;
}

describe('computePlan', () => {
  test('gives each service a lane, and each batch size a trial', () => {
    const { runId, startedAtMs, lanes } = plan({ services: ['sqs', 'kinesis'], batchSizes: [10, 1] });

    expect({ runId, startedAtMs }).toEqual({ runId: 'run', startedAtMs: 5 });
    expect(lanes.map(({ service, trials }) => [service, trials.map(({ trialId }) => trialId)])).toEqual([
      ['sqs', ['sqs-b10-r1', 'sqs-b1-r1']],
      ['kinesis', ['kinesis-b10-r1', 'kinesis-b1-r1']],
    ]);
  });

  test('interleaves repetitions', () => {
    const [lane] = plan({ services: ['sqs'], batchSizes: [1, 10], repetitions: 2 }).lanes;

    expect(lane?.trials.map(({ trialId }) => trialId)).toEqual(['sqs-b1-r1', 'sqs-b10-r1', 'sqs-b1-r2', 'sqs-b10-r2']);
  });

  test('is the same for the same request', () => {
    expect(plan({ arrivals: 'poisson' })).toEqual(plan({ arrivals: 'poisson' }));
  });

  test('the default run is well within its cost limit', () => {
    const { estimate } = computePlan({ input: parseInput({}), runId: 'run', startedAtMs: 0, region: 'us-east-1' });

    expect(estimate.costUsd).toBeGreaterThan(0);
    expect(estimate.costUsd).toBeLessThan(0.2);
    expect(estimate.durationSeconds).toBeGreaterThan(600);
    expect(estimate.durationSeconds).toBeLessThan(1800);
  });

  test('refuses a run that would cost more than its limit, with both figures', () => {
    const act = () => plan({ costLimitUsd: 0.000001 });

    expect(act).toThrow(CostLimitError);
    expect(act).toThrow(/^the run is expected to cost \$0\.\d{4}, and costLimitUsd is 0\.000001; raise costLimitUsd/);
  });

  test('refuses a lane whose history would not fit, and takes one that just does', () => {
    // 2,700 ticks at 9 events come to 24,300.
    const fits = { services: ['eventbridge'], batchSizes: [1, 2, 3], ticks: 900 };
    const act = () => plan({ ...fits, ticks: 1000 });

    expect(plan(fits).estimate.historyEventsPerLane).toBeLessThanOrEqual(25_000);
    expect(act).toThrow(PlanTooLargeError);
    expect(act).toThrow(/^a lane would write about 27,\d{3} history events, and an execution keeps 25,000; use fewer/);
  });

  test.each([
    [150, { batchSizes: [1] }, undefined],
    [
      151,
      { batchSizes: [1] },
      /^Data Firehose would write about 151,000 objects at batch size 1, and no more than 150,000/,
    ],
    [125, { batchSizes: [1], repetitions: 2 }, undefined],
    [
      126,
      { batchSizes: [1], repetitions: 2 },
      /^Data Firehose would write about 252,000 objects in all trials, and no more/,
    ],
    [1000, { batchSizes: [1000] }, undefined],
  ])('takes no more objects of Firehose than can be read: %i ticks of a thousand, %o', (ticks, fields, refusal) => {
    const act = () => plan({ services: ['firehose'], ticks, messagesPerTick: 1000, ...fields });

    if (refusal === undefined) return expect(act).not.toThrow();
    expect(act).toThrow(PlanTooLargeError);
    expect(act).toThrow(refusal);
  });

  test('takes ten million messages of a consumer, each an object of its own', () => {
    expect(() => plan({ services: ['sqs'], batchSizes: [1], ticks: 1000, messagesPerTick: 10_000 })).not.toThrow();
  });

  test('stays below what a state passes on, at its very largest', () => {
    const largest = () =>
      plan({ batchSizes: [10_000, 9999, 9998, 9997, 9996, 9995, 9994, 9993, 9992, 9991, 9990, 9989], repetitions: 10 });

    try {
      expect(JSON.stringify(largest()).length).toBeLessThanOrEqual(256 * 1024);
    } catch (error) {
      expect(error).toBeInstanceOf(PlanTooLargeError);
    }
  });

  test('refuses a Region whose prices it does not know', () => {
    expect(() => plan({}, 'eu-north-1')).toThrow(UnknownPriceError);
  });

  // NOTES.md, decision 6, and README say so too.
  const unknownPrices: Readonly<Record<string, Partial<Record<Service, string>>>> = {
    'us-east-1': {},
    'us-west-2': { firehose: 'firehose.gb' },
    'eu-west-1': {},
    'eu-west-2': {},
    'ap-southeast-2': { firehose: 'firehose.gb' },
    'eu-central-1': { firehose: 'firehose.gb' },
  };
  const pairs = Object.entries(unknownPrices).flatMap(([region, items]) =>
    SERVICES.map((service): [string, Service, string | undefined] => [region, service, items[service]]),
  );

  test.each(pairs)('in %s, a plan for %s lacks the price of %s', (region, service, item) => {
    const act = () => plan({ services: [service] }, region);

    if (item === undefined) expect(act().estimate.costUsd).toBeGreaterThan(0);
    else expect(act).toThrow(`no confirmed price of ${item} in ${region},`);
  });
});

describe('the window that fill comes to', () => {
  test.each([
    // Five messages a second. On SQS each of Lambda's five pollers fills a batch of its own.
    ['sqs', 1, 0],
    ['sqs', 2, 2],
    ['sqs', 100, 100],
    ['sqs', 300, 300],
    ['sqs', 301, 300],
    ['kinesis', 1, 0],
    ['kinesis', 11, 3],
    ['kinesis', 100, 20],
    ['kinesis', 1501, 300],
    // An event may span the last second of a tick, in which no message comes.
    ['eventbridge', 1, 0],
    ['eventbridge', 100, 21],
    ['firehose', 1, 0],
    ['firehose', 100, 20],
  ])('%s at batch size %d is %d s', (service, batchSize, windowSeconds) => {
    expect(planTrial(service, batchSize).windowSeconds).toBe(windowSeconds);
  });

  test.each(['eventbridge', 'sqs', 'kinesis', 'firehose'])('%s takes a window that is given as it is', (service) => {
    expect(planTrial(service, 100, { maximumBatchingWindowSeconds: 7 }).windowSeconds).toBe(7);
  });

  test('is at least a second on SQS above batch size 10, at any rate', () => {
    expect(planTrial('sqs', 11, { tickSeconds: 1, messagesPerTick: 10_000 }).windowSeconds).toBe(1);
  });
});

describe('the mechanism of a trial', () => {
  test.each([
    ['sqs', 10, { mechanism: 'BatchSize 10, window 10 s' }],
    ['kinesis', 100, { mechanism: 'BatchSize 100, window 20 s' }],
    ['eventbridge', 1, { mechanism: '1 message packed in one event, window 0 s', eventMessagesMax: 1 }],
    ['eventbridge', 100, { mechanism: '100 messages packed in one event, window 21 s', eventMessagesMax: 100 }],
    [
      'firehose',
      100,
      {
        mechanism: 'transform buffer 0.2 MiB or 20 s, S3 buffer 5 MiB or 20 s',
        buffer: { transformSizeMbs: 0.2, s3SizeMbs: 5 },
      },
    ],
  ])('%s at batch size %d is told', (service, batchSize, setting) => {
    expect(planTrial(service, batchSize)).toMatchObject(setting);
  });

  test.each([
    [1, 0.2],
    [1000, 0.3],
    [5000, 1.3],
    [10_000, 2.2],
  ])("firehose's transform buffer at batch size %d is %d MiB", (batchSize, transformSizeMbs) => {
    expect(planTrial('firehose', batchSize).buffer?.transformSizeMbs).toBe(transformSizeMbs);
  });

  test('an event never exceeds a megabyte, whatever the message', () => {
    for (const payloadBytes of [0, 599, 601, 5000, 200_000]) {
      const { eventMessagesMax = 0 } = planTrial('eventbridge', 10_000, { payloadBytes });
      const messageBytes = Math.max(600, payloadBytes);

      expect(eventMessagesMax * (messageBytes + 1)).toBeLessThan(1024 * 1024 - 1024);
      expect((eventMessagesMax + 1) * (messageBytes + 1)).toBeGreaterThan(1024 * 1024 - 2048 - 1);
    }
  });
});

describe('the limit of a trial', () => {
  const ample = { ticks: 1000, messagesPerTick: 500 };

  test.each<[string, string, number, Record<string, unknown>, string | undefined]>([
    ['nothing', 'sqs', 10, {}, undefined],
    ['nothing', 'kinesis', 300, {}, undefined],
    ['nothing', 'eventbridge', 300, {}, undefined],
    ['the trial', 'kinesis', 301, {}, 'the trial has 300 messages'],
    ['the trial', 'sqs', 61, {}, "the trial has 300 messages, dealt out among Lambda's 5 pollers"],
    ['the trial', 'eventbridge', 301, {}, 'the trial has 300 messages'],
    [
      'the window',
      'kinesis',
      100,
      { maximumBatchingWindowSeconds: 10 },
      'a window of 10 s takes about 50 messages at this rate',
    ],
    [
      'no window',
      'kinesis',
      100,
      { maximumBatchingWindowSeconds: 0 },
      'with a window of 0 s no batch waits to be filled',
    ],
    [
      'the longest window',
      'sqs',
      5000,
      { ticks: 1000, messagesPerTick: 100 },
      "a window of 300 s takes about 600 messages at this rate, dealt out among Lambda's 5 pollers",
    ],
    [
      'the payload of an invocation',
      'sqs',
      8000,
      { ...ample, messagesPerTick: 5000 },
      'one invocation takes about 5935 messages of 1060 bytes with metadata (6 MB)',
    ],
    ['the size of an event', 'eventbridge', 2000, ample, 'one event holds at most 1741 messages of 600 bytes (1 MB)'],
    [
      'the smallest buffer',
      'firehose',
      10,
      ample,
      'the transform buffer cannot be smaller than 0.2 MiB, so the interval alone sets the batch',
    ],
    [
      "the transform's answer",
      'firehose',
      10_000,
      ample,
      "the transform buffer holds about 8872 messages of 260 bytes (2.2 MiB, more would make the transform's answer larger than 6 MB)",
    ],
    [
      'the largest buffer',
      'firehose',
      1000,
      { ...ample, payloadBytes: 10_000 },
      'the transform buffer holds about 314 messages of 10000 bytes (3 MiB)',
    ],
  ])('is %s on %s at batch size %d', (_what, service, batchSize, rawInput, limit) => {
    expect(planTrial(service, batchSize, { costLimitUsd: 1e9, ...rawInput }).limit).toBe(limit);
  });
});
