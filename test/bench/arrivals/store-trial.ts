// Puts a large trial into the emulator's S3 as a run would have left it.

import { type Account, createAccount } from '../../../emulator/account.ts';
import { VirtualClock } from '../../../emulator/kernel/virtual-clock.ts';
import {
  computeAcknowledgementsKey,
  computeArrivalEventsKey,
  computeArrivalKey,
  computePlanKey,
  computeResultKey,
} from '../../../model/keys.ts';
import type { LargeTrial, StoredInvocation } from './large-trial.ts';
import { openBucket } from './open-bucket.ts';

export const BUCKET_NAME = 'bench';
export const REGION = 'us-east-1';

/** As many as the product's collector keeps in one object. */
const CHUNK_EVENTS = 20_000;

/** Whether names tell what objects hold, as consumers write them, or not, so that every object has to be read. */
export type Layout = 'names tell' | 'names tell nothing';

export interface StoredTrial {
  readonly account: Account;
  readonly objects: number;
  readonly chunks: number;
}

/** `renderBody` gives an object's content. */
export async function storeTrial(
  large: LargeTrial,
  layout: Layout,
  renderBody: (stored: StoredInvocation) => string,
): Promise<StoredTrial> {
  const { plan, trial, result } = large;
  const clock = new VirtualClock({ startMs: result.startMs });
  const account = createAccount({ clock, seed: 1, region: REGION, accountId: '000000000000' });
  account.services.s3.createBucket(BUCKET_NAME);
  const { put } = openBucket(account, BUCKET_NAME);

  await put(computePlanKey(plan.runId), JSON.stringify(plan));
  await put(computeResultKey(plan.runId, trial.trialId), JSON.stringify(result));
  let tick = 0;
  for (const acknowledgements of large.listAcknowledgements()) {
    await put(computeAcknowledgementsKey(plan.runId, trial.trialId, tick++), JSON.stringify(acknowledgements));
  }
  let objects = 0;
  let chunks = 0;
  let events: string[] = [];
  const storeEvents = async () => {
    await put(computeArrivalEventsKey(plan.runId, trial.trialId, `bench-${chunks++}`), events.join(''));
    events = [];
  };
  for (const stored of large.listInvocations()) {
    const second = Math.floor(stored.arrivedAtMs / 1000) * 1000;
    if (second > clock.now()) await clock.runUntil(second);
    const key = computeKey(plan.runId, trial.trialId, stored, layout);
    await put(key, renderBody(stored));
    objects++;
    events.push(`${JSON.stringify({ key, arrivedAtMs: stored.arrivedAtMs })}\n`);
    if (events.length === CHUNK_EVENTS) await storeEvents();
  }
  if (events.length > 0) await storeEvents();
  return { account, objects, chunks };
}

export function computeKey(
  runId: string,
  trialId: string,
  { invocation, messages }: StoredInvocation,
  layout: Layout,
): string {
  const { receivedAt, requestId, coldStart, initMs } = invocation;
  const deliveries = messages.map(({ message: { sequence }, acceptedAtMs }) => ({
    sequence,
    ...(acceptedAtMs !== undefined && { acceptedAtMs }),
  }));
  const manifest = { coldStart, initMs, deliveries };
  const key = computeArrivalKey(runId, trialId, { receivedAtMs: receivedAt, requestId, manifest });
  return layout === 'names tell' ? key : key.replace(/\.[^/]*\.ndjson$/, '.ndjson');
}
