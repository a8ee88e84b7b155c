// From a trial's arrivals in the bucket to its tally, which the report is made from.

import { PutObjectCommand } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { Acknowledgements } from '../../model/acknowledgements.ts';
import type { ArrivalEvent } from '../../model/arrival-event.ts';
import {
  computeAcknowledgementsPrefix,
  computeArrivalEventsPrefix,
  computeArrivalsPrefix,
  computeTallyKey,
  parseArrivalKey,
} from '../../model/keys.ts';
import { WARM_UP_SUFFIX } from '../../model/message.ts';
import { computeScheduledAfterMs } from '../../model/schedule.ts';
import type { Tally } from '../../model/tally.ts';
import type { Plan, TrialResult } from '../../model/trial.ts';
import { computeTrialWindow } from '../../model/trial-window.ts';
import { listInRanges } from '../list-in-ranges.ts';
import {
  findResult,
  type ListedObject,
  listPages,
  loadPlan,
  loadText,
  readLines,
  type Storage,
} from '../stored-objects.ts';
import { LineRouter } from './line-router.ts';
import { TrialTally } from './trial-tally.ts';

export interface TallyRequest {
  readonly runId: string;
  /** In the order in which they were made, of one service. */
  readonly trialIds: readonly string[];
}

/** Objects read at a time. */
const CONCURRENCY = 16;

/**
 * Stores a tally for each trial. What a consumer stored is told by its name; Firehose's objects are read, as are those of large batches. A line counts
 * for the trial that it names: under its own prefix, or under that of the trial after it, where Firehose may have put what it still held.
 * @throws {UnexpectedContentError} when the bucket holds what no run writes.
 */
export async function tallyTrials({ runId, trialIds }: TallyRequest, storage: Storage): Promise<void> {
  const plan = await loadPlan(storage, runId);
  const router = new LineRouter(plan);
  let before: (() => Promise<void>) | undefined;
  for (const trialId of trialIds) {
    const result = await findResult(storage, runId, trialId);
    const tally = result && (await openTally(storage, plan, result));
    router.open(trialId, tally);
    const found = await tallyObjects(storage, { runId, trialId, tally, router });
    const { strays } = router;
    // Only now: the trial before may have had lines under this one's prefix.
    await before?.();
    before = () =>
      storeTally(storage, runId, { trialId, ...(tally && { arrivals: tally.toArrivals() }), strays, ...found });
  }
  await before?.();
}

/** With the acknowledgements of its publish calls, and the invocations of its warm-up (Firehose's lies among the trial's own objects). */
async function openTally(storage: Storage, plan: Plan, result: TrialResult): Promise<TrialTally> {
  const { trial, startMs } = result;
  const tally = new TrialTally({
    service: trial.service,
    startMs,
    scheduledAfterMs: computeScheduledAfterMs(trial, plan.input),
    window: computeTrialWindow(result),
  });
  for await (const page of listPages(storage, computeAcknowledgementsPrefix(plan.runId, trial.trialId))) {
    await pLimit(CONCURRENCY).map(page, async ({ key }) => {
      const { sequences, acknowledgedAfterMs } = JSON.parse(await loadText(storage, key)) as Acknowledgements;
      for (const [index, sequence] of sequences.entries()) {
        tally.addAcknowledgement(sequence, acknowledgedAfterMs[index] ?? 0);
      }
    });
  }
  for await (const page of listPages(storage, computeArrivalsPrefix(plan.runId, trial.trialId + WARM_UP_SUFFIX))) {
    for (const { key } of page) {
      const invocation = parseArrivalKey(key);
      if (invocation) tally.addWarmUp(invocation);
    }
  }
  return tally;
}

async function tallyObjects(
  storage: Storage,
  trial: { runId: string; trialId: string; tally: TrialTally | undefined; router: LineRouter },
): Promise<Pick<Tally, 'objects' | 'objectsRead'>> {
  const { runId, trialId, tally, router } = trial;
  const arrivedAtMs = await readArrivalEvents(storage, runId, trialId, tally);
  const limit = pLimit(CONCURRENCY);
  let objects = 0;
  let objectsRead = 0;
  await listInRanges(storage, { prefix: computeArrivalsPrefix(runId, trialId) }, async (page) => {
    objects += page.length;
    const unread = page.filter((object) => !tallyByName(object, tally, router));
    objectsRead += unread.length;
    await limit.map(unread, async ({ key, lastModifiedMs }) => {
      const object = router.openObject({ lastModifiedMs, arrivedAtMs: arrivedAtMs.get(key) });
      for await (const line of readLines(storage, key)) object.addLine(line);
    });
  });
  return { objects, objectsRead };
}

/**
 * Tells the tally of the arrivals whose objects' names say which messages they hold. Gives, of the other objects, the instant of arrival by key, epoch
 * milliseconds.
 */
async function readArrivalEvents(
  storage: Storage,
  runId: string,
  trialId: string,
  tally: TrialTally | undefined,
): Promise<ReadonlyMap<string, number>> {
  const arrivedAtMsOfKey = new Map<string, number>();
  for await (const page of listPages(storage, computeArrivalEventsPrefix(runId, trialId))) {
    for (const { key } of page) {
      for await (const line of readLines(storage, key)) {
        const event = JSON.parse(line) as ArrivalEvent;
        const { manifest } = parseArrivalKey(event.key) ?? {};
        for (const { sequence } of manifest?.deliveries ?? []) tally?.addArrivalEvent(sequence, event.arrivedAtMs);
        if (!manifest) arrivedAtMsOfKey.set(event.key, event.arrivedAtMs);
      }
    }
  }
  return arrivedAtMsOfKey;
}

/** Gives whether the name told all. */
function tallyByName(
  { key, lastModifiedMs }: ListedObject,
  tally: TrialTally | undefined,
  router: LineRouter,
): boolean {
  const parsed = parseArrivalKey(key);
  if (!parsed?.manifest) return false;
  const { receivedAtMs, requestId, manifest } = parsed;
  const { coldStart, initMs, deliveries } = manifest;
  if (tally && deliveries.length > 0) tally.addObject();
  for (const { sequence, acceptedAtMs } of deliveries) {
    if (!tally?.hasSequence(sequence)) router.addStray(tally ? 'unknown' : 'unfinished');
    else tally.addMessage({ sequence, acceptedAtMs, receivedAtMs, requestId, coldStart, initMs }, lastModifiedMs);
  }
  return true;
}

async function storeTally({ s3, bucketName }: Storage, runId: string, tally: Tally): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: computeTallyKey(runId, tally.trialId),
      ContentType: 'application/json',
      Body: JSON.stringify(tally),
    }),
  );
}
