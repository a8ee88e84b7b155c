import { describe, expect, it } from 'vitest';
import { AwsError } from '../emulator/kernel/errors.ts';
import { answerFunctionError, answerPayload } from '../emulator/states/create-test-world.ts';
import { COLLECTED, createPlan, createScenario } from './create-scenario.ts';

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

  it('whose child fails without a word leaves the other trials their tallies and the run its report', async () => {
    const scenario = createScenario({
      plan: createPlan(['sqs'], [1, 100]),
      functions: {
        // The cause begins as a function's answer does and is none, so that the Catch itself fails.
        Tally: ({ trialIds }) => {
          if (JSON.stringify(trialIds).includes('b100')) {
            throw new AwsError('OddException', '{"errorMessage": broken', { status: 400 });
          }
          return answerPayload(null);
        },
      },
    });

    const { status } = await scenario.run();

    expect(status).toBe('SUCCEEDED');
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
