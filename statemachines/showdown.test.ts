import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../emulator/kernel/errors.ts';
import { answerFunctionError, answerPayload } from '../emulator/states/create-test-world.ts';
import {
  COLLECTED,
  createPlan,
  createScenario,
  createTrial,
  DRAIN_SECONDS,
  TICK_SECONDS,
  TICKS,
} from './create-scenario.ts';

const MINUTE_MS = 60_000;

describe('a run', () => {
  it('takes every service through its trials and ends with headline and report', async () => {
    const scenario = createScenario({ plan: createPlan(['eventbridge', 'sqs', 'kinesis', 'firehose'], [1, 100]) });

    const { status, output } = await scenario.run();

    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({
      verdict: 'good',
      headline: 'Batching pays',
      report: 's3://results/reports/run/report.md',
    });
    expect(
      scenario
        .recordedTrials()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(
      ['eventbridge', 'firehose', 'kinesis', 'sqs'].flatMap((service) =>
        [1, 100].map((batchSize) => `results/run=run/trial=${service}-b${batchSize}-r1.json`),
      ),
    );
  });

  it('asks Plan with the input and who asks', async () => {
    const scenario = createScenario({ plan: createPlan(['sqs']) });

    await scenario.run();

    expect(scenario.callsOf('Plan')).toEqual([
      {
        input: { label: 'a test' },
        execution: {
          id: expect.stringContaining(':execution:m:'),
          name: expect.any(String),
          startTime: expect.stringMatching(/^2026-01-01T00:00:00\.\d{3}Z$/),
          stateMachineId: expect.stringContaining(':stateMachine:m'),
        },
      },
    ]);
  });

  it('is refused under the name and with the message of Plan', async () => {
    const scenario = createScenario({
      plan: createPlan([]),
      functions: { Plan: () => answerFunctionError('InvalidInputError', 'ticks must be 1 to 1000, got 0') },
    });

    const { status, error, cause } = await scenario.run();

    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: 'InvalidInputError',
      cause: 'ticks must be 1 to 1000, got 0',
    });
    expect(scenario.calls.map(({ name }) => name)).toEqual(['Plan']);
  });

  it('stores the plan where Report reads it, before anything is published', async () => {
    const plan = createPlan(['sqs']);
    const scenario = createScenario({ plan });

    await scenario.run();

    const [stored] = scenario.inputsOf('PutObject');
    expect(stored?.Key).toBe('plans/run=run.json');
    expect(JSON.parse(String(stored?.Body))).toEqual(plan);
  });

  it.each(['failed', 'invalid'])(
    'fails with the problems, and where the report is, when the verdict is %s',
    async (verdict) => {
      const scenario = createScenario({
        plan: createPlan(['sqs']),
        functions: {
          Report: () =>
            answerPayload({
              verdict,
              problems: ['sqs lost 3 messages'],
              reportKey: 'reports/run/report.md',
              headline: '',
            }),
        },
      });

      const { status, error, cause } = await scenario.run();

      expect({ status, error, cause }).toEqual({
        status: 'FAILED',
        error: 'ShowdownFailedError',
        cause: 'sqs lost 3 messages. Report: s3://results/reports/run/report.md',
      });
    },
  );

  it('asks for the report once a minute until the metrics have settled, five times more at most', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: { Report: () => answerFunctionError('MetricsNotSettledError', '3 of 5 invocations') },
    });

    const { error, cause } = await scenario.run();

    expect(scenario.callsOf('Report').map(({ attempt, finalAttempt }) => [attempt, finalAttempt])).toEqual(
      [0, 1, 2, 3, 4, 5].map((attempt) => [attempt, 5]),
    );
    const times = scenario.timesOf('Report');
    const gaps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
    expect(gaps).toEqual([60, 60, 60, 60, 60]);
    expect(error).toBe('MetricsNotSettledError');
    expect(cause).toContain('3 of 5 invocations. The results are in s3://results/results/run=');
  });
});

describe('the arrival events', () => {
  const answer = (change: object) => answerPayload({ ...COLLECTED, events: 7, complete: false, ...change });

  it('are asked for again every ten seconds, for two minutes after the end of the lanes', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: { CollectArrivalEvents: () => answer({}) },
    });

    const { status } = await scenario.run();

    const times = scenario.timesOf('CollectArrivalEvents');
    const gaps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
    expect(status).toBe('SUCCEEDED');
    expect(gaps).toEqual(Array.from({ length: 12 }, () => 10));
    expect(scenario.callsOf('Report')[0]?.collection).toMatchObject({ events: 7, complete: false });
  });

  it('are asked for at once, and for as long as it takes, while the function only runs short of time', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: { CollectArrivalEvents: (_, attempt) => answer(attempt < 40 ? { more: true } : { complete: true }) },
    });

    await scenario.run();

    const times = scenario.timesOf('CollectArrivalEvents');
    expect(times).toHaveLength(41);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(10_000);
  });

  it('go on from what the call before came to', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs']),
      functions: { CollectArrivalEvents: (_, attempt) => (attempt === 0 ? answer({}) : answerPayload(COLLECTED)) },
    });

    await scenario.run();

    expect(scenario.callsOf('CollectArrivalEvents').map(({ before }) => before)).toEqual([
      null,
      { ...COLLECTED, events: 7, complete: false },
    ]);
  });

  it.each([
    ['at first', 0, { objects: 0, events: 0, dropped: 0, receives: 0 }],
    ['later', 1, { objects: 9, events: 7, dropped: 0, receives: 2 }],
  ])(
    'that cannot be collected %s are told to Report, and the trials are tallied all the same',
    async (_when, failing, collected) => {
      const scenario = createScenario({
        plan: createPlan(['sqs']),
        functions: {
          CollectArrivalEvents: (_, attempt) =>
            attempt === failing ? answerFunctionError('AccessDenied', 'no such right') : answer({}),
        },
      });

      const { status } = await scenario.run();

      expect(status).toBe('SUCCEEDED');
      expect(scenario.callsOf('Tally')).toHaveLength(1);
      expect(scenario.callsOf('Report')[0]?.collection).toEqual({
        ...collected,
        complete: false,
        more: false,
        failure: { error: 'AccessDenied', cause: 'no such right' },
      });
    },
  );
});

describe('the tally', () => {
  it('is of each trial by itself, and of all trials of Firehose together', async () => {
    const scenario = createScenario({ plan: createPlan(['sqs', 'firehose'], [1, 100]) });

    await scenario.run();

    const units = scenario.callsOf('Tally').map(({ trialIds }) => trialIds);
    expect(units).toHaveLength(3);
    expect(units).toEqual(
      expect.arrayContaining([['sqs-b1-r1'], ['sqs-b100-r1'], ['firehose-b1-r1', 'firehose-b100-r1']]),
    );
    expect(scenario.callsOf('Report')[0]?.tallyFailures).toEqual([]);
  });

  it('that fails is told to Report, and the other trials are tallied all the same', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs'], [1, 100]),
      functions: {
        Tally: ({ trialIds }) =>
          JSON.stringify(trialIds).includes('b100')
            ? answerFunctionError('UnexpectedContentError', 'no plan')
            : answerPayload(null),
      },
    });

    const { status } = await scenario.run();

    expect(status).toBe('SUCCEEDED');
    expect(scenario.callsOf('Report')[0]?.tallyFailures).toEqual([
      { trialIds: ['sqs-b100-r1'], error: 'UnexpectedContentError', cause: 'no plan' },
    ]);
  });
});

describe('the report', () => {
  it('is made three minutes after the end of the lanes, whatever came in between', async () => {
    const reportedAfterMs = async (collections: number) => {
      const scenario = createScenario({
        plan: createPlan(['sqs']),
        functions: {
          CollectArrivalEvents: (_, attempt) => answerPayload({ ...COLLECTED, complete: attempt >= collections }),
        },
      });
      await scenario.run();
      const [collectedMs = 0] = scenario.timesOf('CollectArrivalEvents');
      return (scenario.timesOf('Report')[0] ?? 0) - collectedMs;
    };

    const [soon = 0, late = 0] = [await reportedAfterMs(0), await reportedAfterMs(9)];

    expect(soon).toBeGreaterThan(178_000);
    expect(soon).toBeLessThanOrEqual(181_000);
    expect(Math.abs(late - soon)).toBeLessThan(1000);
  });
});

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
