// The local endpoint against the emulators of its kind that npm has, call for call over loopback: SQS and S3 of fauxqs, Kinesis
// of kinesalite. Rounds alternate, so that what else the machine does falls on both. Each ratio is to be 1 or more.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const ROOT = join(import.meta.dirname, '..', '..');
const PEERS = join(import.meta.dirname, 'peers');
const IN_FLIGHT = 16;
const CALLS_OF_A_ROUND = 2000;
const ROUNDS = 5;
/** Enough for 200,000 records a second: shards have limits, which kinesalite does not know. */
const SHARDS = 200;
const ANSWER_MS_MAX = 20_000;

interface Endpoint {
  readonly url: string;
  readonly accessKeyId: string;
}

type Call = (index: number) => Promise<unknown>;

const children: ChildProcess[] = [];
process.on('exit', () => {
  for (const child of children) child.kill();
});

if (!existsSync(join(PEERS, 'node_modules'))) {
  const { status } = spawnSync('npm', ['ci', '--omit=optional', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the peers could not be installed');
}

const ours = await startOurs();
const fauxqs = await startPeer('fauxqs/dist/server.js', (port) => ({ variables: { FAUXQS_PORT: String(port) } }));
const kinesalite = await startPeer('kinesalite/cli.js', (port) => ({
  commandArguments: ['--port', String(port), '--shardLimit', String(SHARDS), '--createStreamMs', '1'],
}));

const ratios = [
  await compare('SQS SendMessageBatch, 10 of 200 bytes, against fauxqs', prepareSqs, fauxqs),
  await compare('S3 PutObject, 2,000 bytes, against fauxqs', prepareS3, fauxqs),
  await compare('Kinesis PutRecords, 10 of 200 bytes, against kinesalite', prepareKinesis, kinesalite),
];
process.exit(ratios.every((ratio) => ratio >= 1) ? 0 : 1);

/** Our calls a second over the peer's: the median of the rounds. */
async function compare(title: string, prepare: (endpoint: Endpoint) => Promise<Call>, peer: Endpoint): Promise<number> {
  const calls = [await prepare(ours), await prepare(peer)] as const;
  // The first round of each warms up both sides and counts for nothing.
  for (const call of calls) await measureRound(call);
  const rounds: { oursPerSecond: number; peerPerSecond: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ oursPerSecond: await measureRound(calls[0]), peerPerSecond: await measureRound(calls[1]) });
  }
  const ratio = computeMedian(rounds.map(({ oursPerSecond, peerPerSecond }) => oursPerSecond / peerPerSecond));
  const oursPerSecond = computeMedian(rounds.map((round) => round.oursPerSecond));
  const peerPerSecond = computeMedian(rounds.map((round) => round.peerPerSecond));
  process.stdout.write(
    `${title}: ${oursPerSecond.toFixed(0)} against ${peerPerSecond.toFixed(0)} calls/s, ratio ${ratio.toFixed(2)}\n`,
  );
  return ratio;
}

/** Calls a second. */
async function measureRound(call: Call): Promise<number> {
  let next = 0;
  const work = async () => {
    while (next < CALLS_OF_A_ROUND) await call(next++);
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return CALLS_OF_A_ROUND / ((performance.now() - startedMs) / 1000);
}

async function prepareSqs(endpoint: Endpoint): Promise<Call> {
  const sqs = new SQSClient(config(endpoint));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `m${index}`, MessageBody: 'x'.repeat(200) }));
  return () => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

async function prepareS3(endpoint: Endpoint): Promise<Call> {
  const s3 = new S3Client({ ...config(endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  const Body = 'x'.repeat(2000);
  return (index) => s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: `object-${index}`, Body }));
}

/** Over HTTP/1.1: kinesalite speaks no HTTP/2 without TLS. */
async function prepareKinesis(endpoint: Endpoint): Promise<Call> {
  const kinesis = new KinesisClient({ ...config(endpoint), requestHandler: new NodeHttpHandler() });
  const StreamName = 'stream';
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: SHARDS }));
  await waitUntil(async () => {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return StreamDescriptionSummary?.StreamStatus === 'ACTIVE';
  });
  const Data = Buffer.from('x'.repeat(200));
  return async (index) => {
    const Records = Array.from({ length: 10 }, (_, record) => ({ PartitionKey: `${index}-${record}`, Data }));
    const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    if (FailedRecordCount) throw new Error(`${FailedRecordCount} records were refused`);
  };
}

function config({ url, accessKeyId }: Endpoint) {
  return {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
}

async function startOurs(): Promise<Endpoint> {
  const child = start([join(ROOT, 'scripts', 'showdown.ts'), 'serve', '--empty', '--port', '0']);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  await waitUntil(() => /AWS_SESSION_TOKEN=.*\n/.test(output));
  const url = /AWS_ENDPOINT_URL=(\S+)/.exec(output)?.[1] ?? '';
  return { url, accessKeyId: /AWS_ACCESS_KEY_ID=(\S+)/.exec(output)?.[1] ?? '' };
}

async function startPeer(
  file: string,
  configure: (port: number) => { commandArguments?: readonly string[]; variables?: NodeJS.ProcessEnv },
): Promise<Endpoint> {
  const port = await findFreePort();
  const { commandArguments = [], variables = {} } = configure(port);
  start([join(PEERS, 'node_modules', file), ...commandArguments], variables).stdout?.resume();
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(() =>
    fetch(url).then(
      () => true,
      () => false,
    ),
  );
  return { url, accessKeyId: 'test' };
}

function start(commandArguments: readonly string[], variables: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, commandArguments, {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function waitUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + ANSWER_MS_MAX;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`a server did not answer within ${ANSWER_MS_MAX} ms`);
    await sleep(50);
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function computeMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
