// Has S3's events of a trial's objects collected from their queue, and tells what that took.

import { setTimeout as sleep } from 'node:timers/promises';
import type { VirtualClock } from '../../../emulator/kernel/virtual-clock.ts';
import type { ArrivalEvent } from '../../../model/arrival-event.ts';
import { computeArrivalEventsPrefix } from '../../../model/keys.ts';
import type { Collection } from '../../../model/tally.ts';
import type { LargeTrial } from './large-trial.ts';
import { openBucket } from './open-bucket.ts';
import { type FinishedJob, runJob } from './run-job.ts';
import type { StoredEvents } from './store-events.ts';
import { REGION } from './store-trial.ts';
import type { CollectionJob } from './worker-job.ts';

export interface CollectionMeasurement {
  /** Of the objects, which comes first and tells how many events have to come. */
  readonly counting: FinishedJob;
  /** Receiving, storing and deleting. */
  readonly draining: FinishedJob;
  /** Requests that SQS bills, S3's own among them. */
  readonly sqsRequests: number;
  /** Empty when every event was collected once, with its instant. */
  readonly problems: readonly string[];
}

/** Fifteen minutes. */
const REMAINING_MS = 900_000;
/** Steps of the emulator's time. */
const STEP_MS = 100;

export async function measureCollection(large: LargeTrial, stored: StoredEvents): Promise<CollectionMeasurement> {
  const { counting, draining } = await collect(large, stored);
  const billed = stored.account.services.sqs.billedRequestsOf(stored.queueName);
  return {
    counting,
    draining,
    sqsRequests: billed.of('SendMessage') + draining.receives + draining.deletes,
    problems: [...findShortfall(draining.collection, stored), ...(await findWrongEvents(large, stored))],
  };
}

/** As two invocations: one that has no time left when it has counted, and one that goes on from there. */
async function collect(
  { plan }: LargeTrial,
  { account, clock, bucketName, queueUrl }: StoredEvents,
): Promise<Record<'counting' | 'draining', FinishedJob>> {
  const invoke = (options: Pick<CollectionJob, 'before' | 'remainingMs'>) =>
    runBeside(
      clock,
      runJob(account, {
        kind: 'collection',
        runId: plan.runId,
        bucketName,
        queueUrl,
        region: REGION,
        credentials: account.rootCredentials,
        nowMs: clock.now(),
        ...options,
      }),
    );
  const counting = await invoke({ before: null, remainingMs: 0 });
  const draining = await invoke({ before: counting.collection ?? null, remainingMs: REMAINING_MS });
  return { counting, draining };
}

/** Lets the emulator's time pass meanwhile, so that a receive that finds nothing comes to an end. */
async function runBeside<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await Promise.race([sleep(STEP_MS), done]);
    await clock.runUntil(clock.now() + STEP_MS);
  }
  return done;
}

function findShortfall(collection: Collection | undefined, { storedAtMs }: StoredEvents): string[] {
  const { objects, events, dropped, complete } = collection ?? {};
  if (complete && objects === storedAtMs.size && events === objects && dropped === 0) return [];
  return [`the collector came to ${JSON.stringify(collection)}, not to ${storedAtMs.size} events`];
}

async function findWrongEvents(
  { plan, trial }: LargeTrial,
  { account, bucketName, storedAtMs }: StoredEvents,
): Promise<string[]> {
  const bucket = openBucket(account, bucketName);
  const missing = new Map(storedAtMs);
  let wrong = 0;
  for (const name of await bucket.listKeys(computeArrivalEventsPrefix(plan.runId, trial.trialId))) {
    for (const line of (await bucket.read(name)).trimEnd().split('\n')) {
      const { key, arrivedAtMs }: ArrivalEvent = JSON.parse(line);
      if (missing.get(key) !== arrivedAtMs) wrong++;
      missing.delete(key);
    }
  }
  return wrong + missing.size === 0 ? [] : [`${missing.size} events were not collected, and ${wrong} wrongly or twice`];
}
