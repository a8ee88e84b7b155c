// From the queue that S3 writes its events to, into the bucket, where the tally finds them by trial.

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import type { ArrivalEvent } from '../../model/arrival-event.ts';
import { computeArrivalEventsKey, computeRunArrivalsPrefix, parseTrialId } from '../../model/keys.ts';
import { WARM_UP_SUFFIX } from '../../model/message.ts';
import { SQS } from '../../model/quotas.ts';
import type { Collection } from '../../model/tally.ts';
import { listInRanges } from '../list-in-ranges.ts';
import { listFolders, listPages, type Storage } from '../stored-objects.ts';
import { parseNotification } from './parse-notification.ts';

export interface CollectDependencies extends Storage {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Unique to the invocation. */
  readonly name: string;
  /** The time that is left, milliseconds. */
  readonly remainingMs: () => number;
}

/** Receives under way at a time. */
const CONCURRENCY = 24;
/** Kept in memory until they are stored: their receipts have to live until then, and 120,000 may be in flight. */
const BATCH_EVENTS = 20_000;
const WAIT_SECONDS = 1;
/** Of the run's objects; more than those of most runs. */
const PAGES_IN_ORDER = 20;
/** Each with up to sixteen listers; the SDK's client has fifty sockets. */
const FOLDERS_AT_A_TIME = 3;
/** What storing and deleting a batch may take. */
const STORE_MS = 120_000;

/**
 * Takes what the queue has, stores it as `arrival-events/run=<runId>/trial=<trialId>/…`, and only then deletes it from the queue: one may be stored
 * twice, which does no harm. Ends when there are as many events as objects and the queue has no more, when it has no more for now, or when time is short.
 * @throws what the SDK throws while the first batch is collected. A later one that fails is told as `failure`: its events stay hidden in the queue for
 * longer than anybody waits for them.
 */
export async function collectArrivalEvents(
  request: { readonly runId: string; readonly before: Collection | null },
  dependencies: CollectDependencies,
): Promise<Collection> {
  let collection = request.before ?? (await beginCollection(request.runId, dependencies));
  collection = { ...collection, more: !collection.complete };
  // All that is still to come; after that, tenfold with each batch, for as long as the queue has what earlier runs left.
  let wanted = Math.max(1, collection.objects - collection.events);
  for (let batch = 0; collection.more && dependencies.remainingMs() > STORE_MS; batch++) {
    try {
      collection = await collectBatch(collection, request.runId, { ...dependencies, batch, wanted });
    } catch (error) {
      if (batch === 0) throw error;
      // The batches before are stored, and gone from the queue: their count must not be lost.
      return { ...collection, failure: describeError(error) };
    }
    wanted = Math.max(collection.objects - collection.events, 10 ** batch);
  }
  return collection;
}

function describeError(error: unknown): NonNullable<Collection['failure']> {
  return error instanceof Error
    ? { error: error.name, cause: error.message }
    : { error: 'Error', cause: String(error) };
}

async function collectBatch(
  before: Collection,
  runId: string,
  dependencies: CollectDependencies & { batch: number; wanted: number },
): Promise<Collection> {
  const { messages, receives, isEmpty } = await receiveBatch(dependencies);
  const taken = await storeBatch(messages, runId, dependencies);
  await deleteBatch(messages, dependencies);
  const events = before.events + taken.events;
  return {
    ...before,
    events,
    dropped: before.dropped + taken.dropped,
    receives: before.receives + receives,
    // An event that S3 told twice counts twice, so that the count alone could hide another that is still in the queue.
    complete: isEmpty && events >= before.objects,
    more: !isEmpty,
  };
}

async function beginCollection(runId: string, storage: Storage): Promise<Collection> {
  const objects = await countObjects(runId, storage);
  return { objects, events: 0, dropped: 0, receives: 0, complete: objects === 0, more: true };
}

/** One page after the other, unless there are so many that it pays to list the trials' folders side by side. */
async function countObjects(runId: string, storage: Storage): Promise<number> {
  const prefix = computeRunArrivalsPrefix(runId);
  let objects = 0;
  let pages = 0;
  for await (const page of listPages(storage, prefix)) {
    objects += page.length;
    pages++;
    if (pages === PAGES_IN_ORDER) return countByFolder(prefix, storage);
  }
  return objects;
}

async function countByFolder(prefix: string, storage: Storage): Promise<number> {
  let objects = 0;
  await pLimit(FOLDERS_AT_A_TIME).map(await listFolders(storage, prefix), (folder) =>
    listInRanges(storage, { prefix: folder }, (page) => {
      objects += page.length;
    }),
  );
  return objects;
}

/** Until the batch is full, until it has what is still to come, or until a receiver finds nothing. */
async function receiveBatch({
  sqs,
  queueUrl,
  remainingMs,
  ...request
}: CollectDependencies & { wanted: number }): Promise<{
  readonly messages: readonly Message[];
  readonly receives: number;
  /** A receiver found nothing. */
  readonly isEmpty: boolean;
}> {
  const wanted = Math.min(BATCH_EVENTS, request.wanted);
  const messages: Message[] = [];
  let receives = 0;
  let underWay = 0;
  let isEmpty = false;
  // What is under way may bring what is still wanted: one receiver more would only find nothing.
  const isEnough = () => messages.length + underWay * SQS.entriesPerCallMax >= wanted;
  const receivers = Math.min(CONCURRENCY, Math.ceil(wanted / SQS.entriesPerCallMax));
  await Promise.all(
    Array.from({ length: receivers }, async () => {
      while (!isEmpty && !isEnough() && remainingMs() > STORE_MS) {
        receives++;
        underWay++;
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: SQS.entriesPerCallMax,
            WaitTimeSeconds: WAIT_SECONDS,
          }),
        );
        underWay--;
        messages.push(...Messages);
        if (Messages.length === 0) isEmpty = true;
      }
    }),
  );
  return { messages, receives, isEmpty };
}

async function storeBatch(
  messages: readonly Message[],
  runId: string,
  { s3, bucketName, name, batch }: CollectDependencies & { batch: number },
): Promise<{ events: number; dropped: number }> {
  const eventsOfTrial = new Map<string, ArrivalEvent[]>();
  let events = 0;
  let dropped = 0;
  for (const event of messages.flatMap(({ Body = '' }) => parseNotification(Body))) {
    const trialId = parseTrialId(event.key, runId);
    if (trialId === undefined) {
      dropped++;
      continue;
    }
    events++;
    // Nobody asks when a warm-up arrived.
    if (trialId.endsWith(WARM_UP_SUFFIX)) continue;
    const before = eventsOfTrial.get(trialId);
    if (before) before.push(event);
    else eventsOfTrial.set(trialId, [event]);
  }
  await pLimit(CONCURRENCY).map([...eventsOfTrial], ([trialId, list]) =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucketName,
        Key: computeArrivalEventsKey(runId, trialId, `${name}-${batch}`),
        ContentType: 'application/x-ndjson',
        Body: list.map((event) => `${JSON.stringify(event)}\n`).join(''),
      }),
    ),
  );
  return { events, dropped };
}

async function deleteBatch(messages: readonly Message[], { sqs, queueUrl }: CollectDependencies): Promise<void> {
  const calls: Message[][] = [];
  for (let from = 0; from < messages.length; from += SQS.entriesPerCallMax) {
    calls.push(messages.slice(from, from + SQS.entriesPerCallMax));
  }
  // What cannot be deleted now comes again, and does no harm then.
  await pLimit(CONCURRENCY).map(calls, (call) =>
    sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: call.map(({ ReceiptHandle = '' }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    ),
  );
}
