// Stores a large trial's objects as consumers would, so that S3 tells a queue of each.

import { type Account, createAccount } from '../../../emulator/account.ts';
import { VirtualClock } from '../../../emulator/kernel/virtual-clock.ts';
import { deployEventResources, type EventResources } from './deploy-event-resources.ts';
import { type LargeTrial, renderBody } from './large-trial.ts';
import { openBucket } from './open-bucket.ts';
import { computeKey, REGION } from './store-trial.ts';

/** As long as S3's slowest event takes. */
const ALL_HAVE_COME_MS = 60_000;

export interface StoredEvents extends EventResources {
  readonly account: Account;
  readonly clock: VirtualClock;
  /** When each object was stored, epoch milliseconds, by key. */
  readonly storedAtMs: ReadonlyMap<string, number>;
}

export async function storeEvents(large: LargeTrial): Promise<StoredEvents> {
  const { plan, trial, result } = large;
  const clock = new VirtualClock({ startMs: result.startMs });
  const account = createAccount({
    clock,
    seed: 1,
    region: REGION,
    accountId: '000000000000',
  });
  const resources = await deployEventResources(account);
  const bucket = openBucket(account, resources.bucketName);
  const storedAtMs = new Map<string, number>();
  for (const stored of large.listInvocations()) {
    if (stored.arrivedAtMs > clock.now()) await clock.runUntil(stored.arrivedAtMs);
    const key = computeKey(plan.runId, trial.trialId, stored, 'names tell');
    await bucket.put(key, renderBody(stored));
    storedAtMs.set(key, Math.floor(clock.now()));
  }
  await clock.runUntil(clock.now() + ALL_HAVE_COME_MS);
  return { ...resources, account, clock, storedAtMs };
}
