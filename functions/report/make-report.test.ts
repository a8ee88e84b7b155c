import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import { computePlanKey, computeResultKey, computeTallyKey } from '../../model/keys.ts';
import type { Service } from '../../model/service.ts';
import { SERVICES } from '../../model/service.ts';
import { NO_STRAYS, type Tally } from '../../model/tally.ts';
import type { Plan, TrialResult } from '../../model/trial.ts';
import { INDEX_KEYS } from '../../reports/merge-index.ts';
import { createReportFacts } from '../../reports/report-facts.fixture.ts';
import { createInMemoryBucket, type InMemoryBucket } from '../in-memory-bucket.fixture.ts';
import { UnexpectedContentError } from '../stored-objects.ts';
import { MetricsNotSettledError } from './errors.ts';
import { makeReport, type ReportDependencies, type ReportRequest } from './make-report.ts';
import { IndexConflictError } from './update-index.ts';

const MESSAGES = 40;
const LANE_FUNCTIONS = { eventbridge: 'eb', sqs: 'sq', kinesis: 'ki', firehose: 'fi' };
const RESOURCES = {
  eventBusName: 'bus',
  eventRuleName: 'rule',
  queueName: 'queue',
  streamName: 'stream',
  deliveryStreamName: 'delivery-stream',
};
const MINUTE_MS = 60_000;

/** A bucket, and what CloudWatch has: invocations by function and minute, services' metrics by name, resource and minute. */
interface Account extends InMemoryBucket {
  readonly invocations: Map<string, number>;
  readonly serviceMetrics: Map<string, number>;
  metricQueries: number;
}

interface Stored {
  readonly plan: Plan;
  readonly results: readonly TrialResult[];
}

/** Two trials a service, of 40 messages each, in batches of 1 and 10. */
function createStored(): Stored {
  const facts = createReportFacts();
  const shrink = (trial: TrialResult['trial']) => ({ ...trial, messages: MESSAGES });
  const plan = {
    ...facts.plan,
    lanes: facts.plan.lanes.map((lane) => ({ ...lane, trials: lane.trials.slice(0, 2).map(shrink) })),
  };
  const results = facts.trials
    .map(({ result }) => result)
    .filter(({ trial }) => trial.batchSize < 100)
    .map((result) => ({
      ...result,
      trial: shrink(result.trial),
      arrivedAtDrain: MESSAGES,
      publish: { ...result.publish, scheduled: MESSAGES, sent: MESSAGES },
    }));
  return { plan, results };
}

/** An account in which everything arrived, 30 ms after its schedule, and was tallied. */
function createAccount({ plan, results }: Stored): Account {
  const bucket = createInMemoryBucket();
  const invocations = new Map<string, number>();
  const serviceMetrics = new Map<string, number>();
  bucket.put(computePlanKey(plan.runId), plan);
  for (const result of results) {
    const { trial, startMs } = result;
    bucket.put(computeResultKey(plan.runId, trial.trialId), result);
    bucket.put(computeTallyKey(plan.runId, trial.trialId), createTally(trial));
    for (const [metric, value] of listServiceMetrics(result)) serviceMetrics.set(`${metric}/${startMs}`, value);
    for (let first = 0; first < MESSAGES; first += trial.batchSize) {
      const receivedAtMs = startMs + first * 200 + 30;
      const key = `${LANE_FUNCTIONS[trial.service]}/${Math.floor(receivedAtMs / MINUTE_MS) * MINUTE_MS}`;
      invocations.set(key, (invocations.get(key) ?? 0) + 1);
    }
  }
  return { ...bucket, invocations, serviceMetrics, metricQueries: 0 };
}

function createTally({ trialId, batchSize }: TrialResult['trial']): Tally {
  const [facts = expect.fail()] = createReportFacts().trials;
  const requestIds = MESSAGES / batchSize;
  return {
    trialId,
    arrivals: {
      ...facts.arrivals,
      lines: MESSAGES,
      arrived: MESSAGES,
      objects: requestIds,
      requestIds,
      requestIdsInWindow: requestIds,
      invocationSizes: [{ messages: batchSize, invocations: requestIds }],
      delivery: [[30, MESSAGES]],
      arrival: [[60, MESSAGES]],
    },
    strays: { ...NO_STRAYS, warmUp: 1 },
    objects: requestIds,
    objectsRead: 2,
  };
}

/** By metric and resource. */
function listServiceMetrics({ trial, publish: { entries, bytes } }: TrialResult): [string, number][] {
  switch (trial.service) {
    case 'eventbridge':
      return [['MatchedEvents/rule', entries]];
    case 'sqs':
      return [
        ['NumberOfMessagesSent/queue', entries],
        ['NumberOfMessagesReceived/queue', MESSAGES],
        ['NumberOfMessagesDeleted/queue', MESSAGES],
      ];
    case 'kinesis':
      return [
        ['IncomingRecords/stream', entries],
        ['IncomingBytes/stream', bytes],
      ];
    case 'firehose':
      return [
        ['IncomingRecords/delivery-stream', entries],
        ['IncomingBytes/delivery-stream', bytes],
      ];
  }
}

function createDependencies(account: Account): ReportDependencies {
  const cloudWatch = new CloudWatchClient({ region: 'us-east-1' });
  const send = async ({ input }: { readonly input: Input }) => answerCloudWatch(account, input);
  Object.assign(cloudWatch, { send });
  return {
    s3: account.s3,
    bucketName: account.bucketName,
    cloudWatch,
    laneFunctions: LANE_FUNCTIONS,
    ...RESOURCES,
    environment: { emulated: true, seed: 1, region: 'us-east-1', accountId: '000000000000' },
  };
}

interface Input {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
    };
  }[];
}

function answerCloudWatch(account: Account, { MetricDataQueries, StartTime, EndTime }: Input): object {
  account.metricQueries += MetricDataQueries.length;
  return {
    MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
      const series = new Map([
        ...[...account.invocations].map(([key, value]) => [`Invocations/${key}`, value] as const),
        ...account.serviceMetrics,
      ]);
      const minutes = [...series]
        .filter(([key]) => key.startsWith(`${Metric.MetricName}/${Metric.Dimensions.at(-1)?.Value}/`))
        .map(([key, value]) => ({ timeMs: Number(key.split('/')[2]), value }))
        .filter(({ timeMs }) => timeMs >= StartTime.getTime() && timeMs < EndTime.getTime());
      return {
        Id,
        Timestamps: minutes.map(({ timeMs }) => new Date(timeMs)),
        Values: minutes.map(({ value }) => value),
      };
    }),
  };
}

function createRequest(change: Partial<ReportRequest> = {}): ReportRequest {
  return {
    runId: 'emulated-seed-1',
    outcomes: SERVICES.map((service: Service) => ({ service, status: 'completed' })),
    collection: { objects: 176, events: 176, dropped: 0, receives: 20, complete: true, more: false },
    tallyFailures: [],
    attempt: 0,
    finalAttempt: 5,
    ...change,
  };
}

function loseAnInvocation(account: Account): void {
  for (const [key, value] of account.invocations) {
    if (key.startsWith('ki/')) {
      account.invocations.set(key, value - 1);
      return;
    }
  }
}

describe('makeReport', () => {
  test('writes the report, and answers that all is good', async () => {
    const account = createAccount(createStored());

    const made = await makeReport(createRequest(), createDependencies(account));

    expect(made).toMatchObject({ verdict: 'good', problems: [], reportKey: 'reports/emulated-seed-1/report.md' });
    expect(made.headline).toMatch(/^No setting can be recommended: .* Cheapest: /);
    const report = JSON.parse(account.objects.get('reports/emulated-seed-1/report.json')?.body ?? '');
    expect(report.settings).toHaveLength(8);
    for (const setting of report.settings) {
      expect(setting).toMatchObject({
        sent: MESSAGES,
        arrived: MESSAGES,
        invocations: MESSAGES / setting.batchSize,
        achievedBatchSize: setting.batchSize,
        delivery: { count: MESSAGES, quantilesMs: { 0.5: 30 }, maxMs: 30 },
      });
    }
    expect(account.objects.get('reports/emulated-seed-1/report.md')?.body).toMatch(
      /^# Eventing and messaging showdown\n/,
    );
  });

  test('enters the run into the index of reports', async () => {
    const account = createAccount(createStored());

    await makeReport(createRequest(), createDependencies(account));

    expect(account.readJson('reports/index.json')).toMatchObject({
      runs: [{ runId: 'emulated-seed-1', verdict: 'good', key: 'reports/emulated-seed-1/report.json' }],
    });
    expect(account.objects.get('reports/index.md')?.body).toContain('emulated-seed-1');
  });

  test('asks CloudWatch for a metric once a run, however many trials there are', async () => {
    const account = createAccount(createStored());

    await makeReport(createRequest(), createDependencies(account));

    expect(account.metricQueries).toBe(25);
  });

  test('writes the same bytes again', async () => {
    const account = createAccount(createStored());
    const read = () => [
      account.objects.get('reports/emulated-seed-1/report.json'),
      account.objects.get('reports/emulated-seed-1/report.md'),
    ];
    await makeReport(createRequest(), createDependencies(account));
    const first = read();

    await makeReport(createRequest(), createDependencies(account));

    expect(read()).toEqual(first);
  });

  test('does not settle for fewer invocations in CloudWatch than in S3', async () => {
    const account = createAccount(createStored());
    loseAnInvocation(account);

    const act = makeReport(createRequest({ attempt: 4 }), createDependencies(account));

    await expect(act).rejects.toThrow(MetricsNotSettledError);
    await expect(act).rejects.toThrow(
      'attempt 5 of 6: CloudWatch has only 39 of 40 invocations by request id in S3 of kinesis-b1-r1; a later attempt will find more',
    );
    expect(account.objects.has('reports/emulated-seed-1/report.md')).toBe(false);
  });

  test('reports the gap on the last attempt', async () => {
    const account = createAccount(createStored());
    loseAnInvocation(account);

    const made = await makeReport(createRequest({ attempt: 5 }), createDependencies(account));

    expect(made).toMatchObject({
      verdict: 'invalid',
      problems: [
        'Kinesis Data Streams at batch size 1 does not reconcile: 39 invocations billed, by CloudWatch (Invocations), against 40 by request id in S3: 1 fewer',
      ],
    });
  });

  test('reports what there is of a run whose lanes all failed at once', async () => {
    const { plan } = createStored();
    const account = createAccount({ plan, results: [] });

    const made = await makeReport(
      createRequest({
        outcomes: SERVICES.map((service) => ({ service, status: 'failed', error: 'LaneLostError', cause: 'gone' })),
      }),
      createDependencies(account),
    );

    expect(made.verdict).toBe('failed');
    expect(made.problems).toHaveLength(4);
    expect(account.metricQueries).toBe(0);
  });

  test('reads no arrival, and sums up what tallies say of lines that count for no trial', async () => {
    const account = createAccount(createStored());

    await makeReport(createRequest(), createDependencies(account));

    expect(account.reads.filter((key) => !/^(plans|reports|results|tallies)\//.test(key))).toEqual([]);
    expect(account.readJson('reports/emulated-seed-1/report.json')).toMatchObject({
      strays: { ...NO_STRAYS, warmUp: 8 },
    });
  });

  test('finds arrivals of a trial that nobody planned by their folder', async () => {
    const account = createAccount(createStored());
    for (const folder of ['trial=sqs-b1-r1', 'trial=sqs-b1-r1.warm-up', 'trial=sqs-b7-r1']) {
      account.put(`arrivals/run=emulated-seed-1/${folder}/1800000000000-1-a.ndjson`, '{}');
    }

    const { problems } = await makeReport(createRequest(), createDependencies(account));

    expect(problems).toEqual(["Under the run's prefix there are arrivals of no planned trial: trial=sqs-b7-r1"]);
  });

  test('is made though others keep it from the index of reports', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const account = createAccount(createStored());
    const dependencies = createDependencies(account);
    const { send } = dependencies.s3;
    Object.assign(dependencies.s3, {
      send: async (command: { readonly input: { readonly Key?: string } }) => {
        if (command instanceof PutObjectCommand && command.input.Key === INDEX_KEYS.json) {
          throw new S3ServiceException({
            name: 'PreconditionFailed',
            $fault: 'client',
            $metadata: { httpStatusCode: 412 },
            message: 'no',
          });
        }
        return Reflect.apply(send, dependencies.s3, [command]);
      },
    });

    expect(await makeReport(createRequest(), dependencies)).toMatchObject({ verdict: 'good', problems: [] });
    expect(logged).toHaveBeenCalledWith(expect.any(IndexConflictError));
    logged.mockRestore();
  });

  test('reports the others when the arrivals of a trial could not be counted', async () => {
    const account = createAccount(createStored());
    account.objects.delete(computeTallyKey('emulated-seed-1', 'kinesis-b1-r1'));
    const tallyFailures = [{ trialIds: ['kinesis-b1-r1'], error: 'Lambda.Unknown', cause: 'Task timed out' }];

    const { problems } = await makeReport(createRequest({ tallyFailures }), createDependencies(account));

    expect(problems).toEqual(['The arrivals of kinesis-b1-r1 could not be counted: Lambda.Unknown: Task timed out']);
    expect(account.readJson('reports/emulated-seed-1/report.json')).toMatchObject({ settings: { length: 7 } });
  });

  test('refuses a result of a trial that is not in the plan', async () => {
    const stored = createStored();
    const lanes = stored.plan.lanes.filter(({ service }) => service !== 'firehose');
    const account = createAccount({ ...stored, plan: { ...stored.plan, lanes } });

    const act = makeReport(createRequest(), createDependencies(account));

    await expect(act).rejects.toThrow(UnexpectedContentError);
    await expect(act).rejects.toThrow('firehose-b1-r1');
  });
});
