// Has a stored trial tallied, and tells what that took.

import { computeTallyKey } from '../../../model/keys.ts';
import { computeQuantileMs } from '../../../model/latency-counts.ts';
import type { Tally } from '../../../model/tally.ts';
import type { Aggregates, LargeTrial, Quantiles } from './large-trial.ts';
import { openBucket } from './open-bucket.ts';
import { type FinishedJob, runJob } from './run-job.ts';
import { BUCKET_NAME, REGION, type StoredTrial } from './store-trial.ts';

export interface TallyMeasurement extends FinishedJob {
  readonly aggregates: Aggregates;
}

export async function measureTally({ plan, trial }: LargeTrial, { account }: StoredTrial): Promise<TallyMeasurement> {
  const finished = await runJob(account, {
    kind: 'tally',
    runId: plan.runId,
    trialId: trial.trialId,
    bucketName: BUCKET_NAME,
    region: REGION,
    credentials: account.rootCredentials,
  });
  const key = computeTallyKey(plan.runId, trial.trialId);
  const tally: Tally = JSON.parse(await openBucket(account, BUCKET_NAME).read(key));
  return { ...finished, aggregates: readAggregates(tally) };
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
