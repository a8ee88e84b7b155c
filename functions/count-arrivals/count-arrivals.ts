// Counts distinct messages. Names of consumers' objects tell which they hold, so only the objects of Firehose and those of large batches are
// read, each once in an execution environment's life.

import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { parseMessage } from '../../model/arrived-message.ts';
import { computeArrivalsPrefix, computeArrivalsStart, parseArrivalKey } from '../../model/keys.ts';
import { WARM_UP_SUFFIX } from '../../model/message.ts';
import { SequenceSet } from '../../model/sequence-set.ts';

export interface ArrivalCount {
  /** Distinct messages. */
  readonly arrived: number;
  readonly complete: boolean;
}

const CONCURRENCY = 16;
/** An object may turn up this much after the instant in its name: the timeout of the consumer that stores it, and some more. */
const STORED_LATE_MS_MAX = 120_000;

interface TrialCount {
  readonly name: string;
  readonly sequences: SequenceSet;
  readonly keysRead: Set<string>;
  /** Of the latest invocation whose object was listed, epoch milliseconds; undefined before there is one. */
  latestMs: number | undefined;
}

export function createArrivalCounter(storage: { s3: S3Client; bucketName: string }): {
  count(request: { runId: string; trialId: string; expected: number }): Promise<ArrivalCount>;
} {
  // One count a lane, which has one trial at a time: memory must not grow with the number of trials.
  const countOfLane = new Map<string, TrialCount>();
  return {
    async count({ runId, trialId, expected }) {
      const count = openCount(countOfLane, `${runId}/${trialId}`, computeLaneName(trialId));
      await goThroughNewObjects(storage, computePrefix(runId, trialId), count, async (key) => {
        for (const sequence of await readSequences(storage, key, runId, trialId)) count.sequences.add(sequence);
      });
      return { arrived: count.sequences.size, complete: count.sequences.size >= expected };
    },
  };
}

function openCount(countOfLane: Map<string, TrialCount>, name: string, laneName: string): TrialCount {
  const open = countOfLane.get(laneName);
  if (open?.name === name) return open;
  const count = { name, sequences: new SequenceSet(), keysRead: new Set<string>(), latestMs: undefined };
  countOfLane.set(laneName, count);
  return count;
}

/** Trial ids begin with their service. */
function computeLaneName(trialId: string): string {
  return trialId.split('-', 1)[0] ?? trialId;
}

/** A warm-up's messages are under a prefix of their own, but Firehose's: it has one for the trial and its warm-up. */
function computePrefix(runId: string, trialId: string): string {
  const isFirehose = computeLaneName(trialId) === 'firehose';
  return computeArrivalsPrefix(runId, isFirehose ? trialId.replace(WARM_UP_SUFFIX, '') : trialId);
}

/** Page by page, from where the listing before had come to: what was counted then need not be listed again. */
async function goThroughNewObjects(
  { s3, bucketName }: { s3: S3Client; bucketName: string },
  prefix: string,
  count: TrialCount,
  read: (key: string) => Promise<void>,
): Promise<void> {
  const startAfter =
    count.latestMs === undefined ? undefined : computeArrivalsStart(prefix, count.latestMs - STORED_LATE_MS_MAX);
  const limit = pLimit(CONCURRENCY);
  const pages = paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucketName, Prefix: prefix, ...(startAfter !== undefined && { StartAfter: startAfter }) },
  );
  for await (const { Contents = [] } of pages) {
    const unread = Contents.flatMap(({ Key = '' }) => (countByName(Key, count) ? [] : [Key]));
    await limit.map(unread, async (key) => {
      await read(key);
      count.keysRead.add(key);
    });
  }
}

/** Gives whether the object need not be read: its name tells all, or it was read before. */
function countByName(key: string, count: TrialCount): boolean {
  const parsed = parseArrivalKey(key);
  if (parsed) count.latestMs = Math.max(parsed.receivedAtMs, count.latestMs ?? 0);
  for (const { sequence } of parsed?.manifest?.deliveries ?? []) count.sequences.add(sequence);
  return parsed?.manifest !== undefined || count.keysRead.has(key);
}

/** Firehose may deliver late messages of another trial, or of another run, under this prefix: the line decides. */
async function readSequences(
  { s3, bucketName }: { s3: S3Client; bucketName: string },
  key: string,
  runId: string,
  trialId: string,
): Promise<number[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  const text = (await Body?.transformToString()) ?? '';
  return text
    .split('\n')
    .map(parseMessage)
    .flatMap((message) => (message?.runId === runId && message.trialId === trialId ? message.sequence : []));
}
