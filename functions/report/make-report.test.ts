import { Readable } from 'node:stream';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Service } from '../../model/service.ts';
import { SERVICES } from '../../model/service.ts';
import type { Plan, TrialResult } from '../../model/trial.ts';
import { createReportFacts } from '../../reports/report-facts.fixture.ts';
import { MetricsNotSettledError, UnexpectedContentError } from './errors.ts';
import { makeReport, type ReportDependencies, type ReportRequest } from './make-report.ts';

const MESSAGES = 40;
const PAGE_OBJECTS = 7;
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
interface Account {
  readonly objects: Map<string, { readonly body: string; readonly modifiedMs: number }>;
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

/** An account in which everything arrived, 30 ms after its schedule. */
function createAccount({ plan, results }: Stored): Account {
  const objects: Account['objects'] = new Map();
  const invocations = new Map<string, number>();
  const serviceMetrics = new Map<string, number>();
  const put = (key: string, body: unknown, modifiedMs = 0) =>
    objects.set(key, { body: typeof body === 'string' ? body : JSON.stringify(body), modifiedMs });
  put(`plans/run=${plan.runId}.json`, plan);
  for (const result of results) {
    const { trial, startMs } = result;
    put(`results/run=${plan.runId}/trial=${trial.trialId}.json`, result);
    for (const [metric, value] of listServiceMetrics(result)) serviceMetrics.set(`${metric}/${startMs}`, value);
    for (let first = 0; first < MESSAGES; first += trial.batchSize) {
      const requestId = `${trial.trialId}-${first}`;
      const scheduledAtMs = startMs + first * 200;
      const lines = Array.from({ length: trial.batchSize }, (_, index) =>
        JSON.stringify({
          runId: plan.runId,
          trialId: trial.trialId,
          sequence: first + index,
          scheduledAt: new Date(scheduledAtMs).toISOString(),
          receivedAt: scheduledAtMs + 30,
          requestId,
          coldStart: false,
          initMs: 0,
        }),
      );
      const modifiedMs = Math.floor((scheduledAtMs + 60) / 1000) * 1000;
      put(`arrivals/run=${plan.runId}/trial=${trial.trialId}/${requestId}.ndjson`, `${lines.join('\n')}\n`, modifiedMs);
      const key = `${LANE_FUNCTIONS[trial.service]}/${Math.floor(scheduledAtMs / MINUTE_MS) * MINUTE_MS}`;
      invocations.set(key, (invocations.get(key) ?? 0) + 1);
    }
  }
  return { objects, invocations, serviceMetrics, metricQueries: 0 };
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
  const s3 = new S3Client({ region: 'us-east-1' });
  answer(s3, (command, input) => answerS3(account, command, input));
  const cloudWatch = new CloudWatchClient({ region: 'us-east-1' });
  answer(cloudWatch, (_command, input) => answerCloudWatch(account, input));
  return {
    s3,
    cloudWatch,
    bucketName: 'bucket',
    laneFunctions: LANE_FUNCTIONS,
    ...RESOURCES,
    environment: { emulated: true, seed: 1, region: 'us-east-1', accountId: '000000000000' },
  };
}

/** Answers a client's commands instead of sending them; the SDK's own commands and paginators stay in play. */
function answer(client: object, respond: (command: string, input: Input) => object): void {
  const send = async (command: { readonly input: Input }) => respond(command.constructor.name, command.input);
  Object.assign(client, { send });
}

interface Input {
  readonly Key: string;
  readonly Prefix: string;
  readonly Body: string;
  readonly ContinuationToken?: string;
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
    };
  }[];
}

function answerS3({ objects }: Account, command: string, { Key, Prefix, Body, ContinuationToken }: Input): object {
  switch (command) {
    case 'ListObjectsV2Command': {
      const keys = [...objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
      const from = Number(ContinuationToken ?? 0);
      const page = keys.slice(from, from + PAGE_OBJECTS);
      const isLast = from + PAGE_OBJECTS >= keys.length;
      return {
        Contents: page.map((key) => ({ Key: key, LastModified: new Date(objects.get(key)?.modifiedMs ?? 0) })),
        NextContinuationToken: isLast ? undefined : String(from + PAGE_OBJECTS),
      };
    }
    case 'GetObjectCommand': {
      const { body = '' } = objects.get(Key) ?? {};
      const transformToString = async () => body;
      return { Body: Object.assign(Readable.from([Buffer.from(body)]), { transformToString }) };
    }
    case 'PutObjectCommand':
      objects.set(Key, { body: Body, modifiedMs: 0 });
      return {};
    default:
      throw new Error(`unexpected ${command}`);
  }
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
    expect(made.headline).toMatch(/^Cheapest: /);
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

  test('refuses a result of a trial that is not in the plan', async () => {
    const stored = createStored();
    const lanes = stored.plan.lanes.filter(({ service }) => service !== 'firehose');
    const account = createAccount({ ...stored, plan: { ...stored.plan, lanes } });

    const act = makeReport(createRequest(), createDependencies(account));

    await expect(act).rejects.toThrow(UnexpectedContentError);
    await expect(act).rejects.toThrow('firehose-b1-r1');
  });
});
