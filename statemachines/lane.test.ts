import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../emulator/kernel/errors.ts';
import { answerFunctionError, answerPayload } from '../emulator/states/create-test-world.ts';
import { createPlan, createScenario, createTrial, DRAIN_SECONDS, TICK_SECONDS, TICKS } from './create-scenario.ts';

const MINUTE_MS = 60_000;

describe('a trial', () => {
  it('begins on a full minute of its own and ticks on an absolute schedule, a second early', async () => {
    const scenario = createScenario({ plan: createPlan(['sqs'], [1, 100]) });

    await scenario.run();

    const starts = new Set(scenario.recordedTrials().map(({ result }) => result.startMs));
    expect(starts.size).toBe(2);
    for (const start of starts) expect(start % MINUTE_MS).toBe(0);
    for (const [index, tick] of scenario.callsOf('Generate').entries()) {
      if (tick.phase === 'warm-up') continue;
      const dueMs = Number(tick.startMs) + Number(tick.tick) * TICK_SECONDS * 1000;
      const earlyMs = dueMs - (scenario.timesOf('Generate')[index] ?? 0);
      expect(earlyMs).toBeGreaterThan(0);
      expect(earlyMs).toBeLessThanOrEqual(1000);
    }
  });

  it('hands the totals of each tick to the next, and records the last', async () => {
    const scenario = createScenario({ plan: createPlan(['eventbridge']) });

    await scenario.run();

    const measured = scenario.callsOf('Generate').filter(({ phase }) => phase === 'measure');
    expect(measured.map(({ tick, totals }) => [tick, totals])).toEqual([
      [0, null],
      [1, { scheduled: 5, sent: 5 }],
      [2, { scheduled: 5, sent: 10 }],
    ]);
    expect(scenario.recordedTrials().map(({ result }) => result)).toEqual([
      {
        trial: createTrial('eventbridge', 1),
        startMs: measured[0]?.startMs,
        drainedMs: expect.any(Number),
        publish: { scheduled: 5, sent: 15 },
        arrivedAtDrain: 15,
        drainTimedOut: false,
      },
    ]);
  });

  it('goes on while no count has begun after the end of the drain', async () => {
    const drainMs = (DRAIN_SECONDS + 20) * 1000;
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: {
        // The first count lasts longer than the drain, and saw too little when it began.
        CountArrivals: async ({ trialId, expected }) => {
          if (String(trialId).endsWith('.warm-up')) return answerPayload({ arrived: expected, complete: true });
          const isFirst = scenario.callsOf('CountArrivals').length === 2;
          if (isFirst) await scenario.sleep(drainMs + 1);
          return answerPayload({ arrived: isFirst ? 14 : expected, complete: !isFirst });
        },
      },
    });

    await scenario.run();

    expect(scenario.recordedTrials()[0]?.result).toMatchObject({ arrivedAtDrain: 15, drainTimedOut: false });
  });

  it.each([
    ['sqs', DRAIN_SECONDS + 20],
    ['firehose', DRAIN_SECONDS + 2 * 20],
  ])('of %s stops counting when drain timeout and batching windows are over', async (service, drainSeconds) => {
    const scenario = createScenario({
      plan: createPlan([service]),
      functions: {
        CountArrivals: ({ trialId, expected }) =>
          answerPayload(
            String(trialId).endsWith('.warm-up')
              ? { arrived: expected, complete: true }
              : { arrived: 14, complete: false },
          ),
      },
    });

    const { status } = await scenario.run();

    const [{ result } = { result: {} }] = scenario.recordedTrials();
    const waitedMs = result.drainedMs - result.startMs - TICKS * TICK_SECONDS * 1000;
    expect(status).toBe('SUCCEEDED');
    expect(result).toMatchObject({ arrivedAtDrain: 14, drainTimedOut: true });
    expect(waitedMs).toBeGreaterThanOrEqual(drainSeconds * 1000);
    expect(waitedMs).toBeLessThan((drainSeconds + 15) * 1000);
  });

  it('publishes a throttled tick once, when it is let through', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: {
        Generate: (_, attempt) => {
          if (attempt === 1) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });
          return answerPayload({ scheduled: 5, sent: 5 });
        },
      },
    });

    const { status } = await scenario.run();

    expect(status).toBe('SUCCEEDED');
    expect(scenario.callsOf('Generate').map(({ phase, tick }) => [phase, tick])).toEqual([
      ['warm-up', 0],
      ['measure', 0],
      ['measure', 0],
      ['measure', 1],
      ['measure', 2],
    ]);
  });
});

describe('the history of a lane', () => {
  it('is as long as the README has it', async () => {
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
    const eventsOf = (part: string) => Number(new RegExp(`^\\| ${part} \\| (\\d+)`, 'm').exec(readme)?.[1]);
    const scenario = createScenario({ plan: createPlan(['firehose']) });

    const events = await scenario.countLaneEvents(await scenario.run());

    const explained =
      eventsOf('the lane') +
      eventsOf('each trial') +
      eventsOf('each look whether the setting is in force') +
      2 * eventsOf('each count of warm-up messages or arrivals') +
      TICKS * eventsOf('each tick');
    // The pauses after the last tick and after the last count of either kind are not made: two events each.
    expect(events).toBe(explained - 3 * 2);
  });
});

describe('a lane that fails', () => {
  it('becomes an outcome with a readable cause, restores its defaults, and leaves the others alone', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs', 'kinesis'], [1, 100]),
      functions: {
        Generate: ({ trial, phase }) =>
          JSON.stringify(trial).includes('sqs-b1-') && phase === 'measure'
            ? answerFunctionError('QueueUrlError', 'no such parameter')
            : answerPayload({ scheduled: 5, sent: 5 }),
      },
    });

    await scenario.run();

    expect(scenario.callsOf('Report')[0]?.outcomes).toEqual([
      { service: 'sqs', status: 'failed', error: 'QueueUrlError', cause: 'no such parameter' },
      { service: 'kinesis', status: 'completed' },
    ]);
    expect(scenario.recordedTrials()).toHaveLength(2);
    expect(scenario.inputsOf('UpdateEventSourceMapping').map(({ UUID, BatchSize }) => [UUID, BatchSize])).toEqual(
      expect.arrayContaining([
        ['SqsEventSourceMappingId', 10],
        ['KinesisEventSourceMappingId', 100],
      ]),
    );
  });

  it('never runs a tick twice when it cannot know whether the first run published', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: {
        Generate: (_, attempt) => {
          if (attempt === 2) throw new AwsError('ServiceException', 'internal error', { status: 500 });
          return answerPayload({ scheduled: 5, sent: 5 });
        },
      },
    });

    await scenario.run();

    expect(scenario.callsOf('Generate')).toHaveLength(3);
    expect(scenario.callsOf('Report')[0]?.outcomes).toMatchObject([
      { status: 'failed', error: 'Lambda.ServiceException' },
    ]);
  });

  it.each([
    [
      'a setting that does not take effect',
      'ConfigureTimeoutError',
      'The setting of sqs-b1-r1 (batches of 1) had not taken effect after 600 s',
      { services: { 'lambda.GetEventSourceMapping': () => ({ State: 'Updating' }) } },
    ],
    [
      'a warm-up that does not arrive',
      'WarmUpTimeoutError',
      '2 of 5 warm-up messages of sqs-b1-r1 had arrived after 680 s',
      { functions: { CountArrivals: () => answerPayload({ arrived: 2, complete: false }) } },
    ],
  ])('is told from %s by its name', async (_, error, cause, options) => {
    const scenario = createScenario({ plan: createPlan(['sqs']), ...options });

    await scenario.run();

    expect(scenario.callsOf('Report')[0]?.outcomes).toEqual([{ service: 'sqs', status: 'failed', error, cause }]);
    expect(scenario.inputsOf('UpdateEventSourceMapping').at(-1)).toMatchObject({ BatchSize: 10 });
  });

  it('is not one whose first warm-up went astray: the warm-up is published again', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: {
        // The first warm-up's messages never turn up; the second's do.
        CountArrivals: ({ trialId, expected }) => {
          const warmUps = scenario.callsOf('Generate').filter(({ phase }) => phase === 'warm-up').length;
          const isHere = !String(trialId).endsWith('.warm-up') || warmUps > 1;
          return answerPayload({ arrived: isHere ? expected : 0, complete: isHere });
        },
      },
    });

    await scenario.run();

    expect(scenario.callsOf('Report')[0]?.outcomes).toEqual([{ service: 'sqs', status: 'completed' }]);
  });

  it('counts as failed too when only its defaults could not be restored', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      services: {
        'lambda.UpdateEventSourceMapping': (_, attempt) => {
          if (attempt > 0) throw new AwsError('ResourceNotFoundException', 'gone', { status: 404 });
          return {};
        },
        'lambda.GetEventSourceMapping': () => ({ State: 'Enabled', BatchSize: 1, MaximumBatchingWindowInSeconds: 20 }),
      },
    });

    await scenario.run();

    expect(scenario.callsOf('Report')[0]?.outcomes).toEqual([
      {
        service: 'sqs',
        status: 'failed',
        error: 'Lambda.ResourceNotFoundException',
        cause: expect.stringMatching(/^The defaults could not be restored: gone/),
      },
    ]);
  });
});

describe('the delivery stream', () => {
  it('gets both buffers and the trial as its prefix, and its defaults back', async () => {
    const scenario = createScenario({ plan: createPlan(['firehose']) });

    await scenario.run();

    const parameters = (sizeMbs: string, intervalSeconds: string) => [
      { ParameterName: 'LambdaArn', ParameterValue: 'Transform' },
      { ParameterName: 'BufferSizeInMBs', ParameterValue: sizeMbs },
      { ParameterName: 'BufferIntervalInSeconds', ParameterValue: intervalSeconds },
    ];
    expect(scenario.inputsOf('UpdateDestination')).toMatchObject([
      {
        CurrentDeliveryStreamVersionId: '1',
        ExtendedS3DestinationUpdate: {
          Prefix: expect.stringMatching(/^arrivals\/run=run\/trial=firehose-b1-r1\/$/),
          BufferingHints: { SizeInMBs: 2, IntervalInSeconds: 20 },
          ProcessingConfiguration: { Processors: [{ Parameters: parameters('0.5', '20') }] },
        },
      },
      {
        CurrentDeliveryStreamVersionId: '2',
        ExtendedS3DestinationUpdate: {
          Prefix: 'arrivals/',
          BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 60 },
          ProcessingConfiguration: { Processors: [{ Parameters: parameters('1', '60') }] },
        },
      },
    ]);
  });

  it('is read again when somebody else changed it in between', async () => {
    let versionId = 7;
    const scenario = createScenario({
      plan: createPlan(['firehose']),
      services: {
        'firehose.DescribeDeliveryStream': () => ({
          DeliveryStreamDescription: {
            DeliveryStreamStatus: 'ACTIVE',
            VersionId: String(versionId),
            Destinations: [{ DestinationId: 'destinationId-1' }],
          },
        }),
        'firehose.UpdateDestination': (_, attempt) => {
          versionId++;
          if (attempt === 0) throw new AwsError('ConcurrentModificationException', 'another modification');
          return {};
        },
      },
    });

    await scenario.run();

    expect(scenario.inputsOf('UpdateDestination').map((input) => input.CurrentDeliveryStreamVersionId)).toEqual([
      '7',
      '8',
      '9',
    ]);
    expect(scenario.callsOf('Report')[0]?.outcomes).toEqual([{ service: 'firehose', status: 'completed' }]);
  });
});
