// Has a stored trial tallied, and tells what that took.

import { Worker } from 'node:worker_threads';
import { computeTallyKey } from '../../../model/keys.ts';
import { computeQuantileMs } from '../../../model/latency-counts.ts';
import type { Tally } from '../../../model/tally.ts';
import type { Aggregates, LargeTrial, Quantiles } from './large-trial.ts';
import { BUCKET_NAME, REGION, type StoredTrial } from './store-trial.ts';
import type { TallyJob, ThreadMeasurement, WorkerAnswer, WorkerMessage } from './tally-worker.ts';

/** V8's old generation, as large as V8 makes it of 1,769 MB: half of them. With less, collections take several times the product's own time. */
const OLD_GENERATION_MBS = 880;

export interface TallyMeasurement extends ThreadMeasurement {
  readonly lists: number;
  readonly gets: number;
  readonly puts: number;
  readonly objectsRead: number;
  readonly aggregates: Aggregates;
}

export async function measureTally(large: LargeTrial, { account }: StoredTrial): Promise<TallyMeasurement> {
  const calls = new Map<string, number>();
  account.world.gateway.observe(({ operation }) => calls.set(operation, (calls.get(operation) ?? 0) + 1));
  const front = account.createFront({ takesModelledTime: false });
  const { runId } = large.plan;
  const { trialId } = large.trial;
  const job: TallyJob = {
    runId,
    trialId,
    bucketName: BUCKET_NAME,
    region: REGION,
    credentials: account.rootCredentials,
  };
  const worker = new Worker(new URL('tally-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: OLD_GENERATION_MBS },
  });
  const measured = await new Promise<ThreadMeasurement>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the tally ended without a word')));
    worker.on('message', async (message: WorkerMessage) => {
      if (message.kind === 'measured') return resolve(message.measured);
      if (message.kind === 'begun') return calls.clear();
      const { id, request } = message;
      const response = await front.handle({ ...request, body: Buffer.from(request.body) });
      worker.postMessage({ id, response } satisfies WorkerAnswer);
    });
  });
  const [lists, gets, puts] = ['ListObjectsV2', 'GetObject', 'PutObject'].map((name) => calls.get(name) ?? 0);
  const tally = await readTally(account, computeTallyKey(runId, trialId));
  return {
    ...measured,
    lists: lists ?? 0,
    gets: gets ?? 0,
    puts: puts ?? 0,
    objectsRead: tally.objectsRead,
    aggregates: readAggregates(tally),
  };
}

async function readTally({ world }: StoredTrial['account'], key: string): Promise<Tally> {
  const { output } = await world.gateway.callWithRequestId(
    { service: 's3', operation: 'GetObject', input: { Bucket: BUCKET_NAME, Key: key }, caller: { kind: 'root' } },
    { takesModelledTime: false },
  );
  if (typeof output !== 'object' || output === null || !('Body' in output)) throw new Error(`${key} has no body`);
  return JSON.parse(String(output.Body));
}

function readAggregates({ arrivals }: Tally): Aggregates {
  if (!arrivals) throw new Error('the tally has no arrivals');
  const { lines, arrived, requestIds, delivery, arrival } = arrivals;
  const quantiles = (counts: typeof delivery): Quantiles => ({
    p50Ms: computeQuantileMs(counts, 0.5) ?? Number.NaN,
    p99Ms: computeQuantileMs(counts, 0.99) ?? Number.NaN,
  });
  return { lines, arrived, requestIds, delivery: quantiles(delivery), arrival: quantiles(arrival) };
}
