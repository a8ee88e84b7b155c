// Counts distinct messages. Keys of consumers tell how many lines an object holds, so nothing is read until the lines
// could be enough; from then on each object is read once in an execution environment's life.

import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { parseMessage } from '../../model/arrived-message.ts';
import { computeArrivalsPrefix, parseMessageCount } from '../../model/keys.ts';
import { WARM_UP_SUFFIX } from '../../model/message.ts';

export interface ArrivalCount {
  /** Distinct messages; while they cannot be all, the lines counted by the objects' names. */
  readonly arrived: number;
  readonly complete: boolean;
}

const CONCURRENCY = 16;

interface TrialCount {
  readonly name: string;
  readonly sequences: Set<number>;
  readonly keysRead: Set<string>;
}

export function createArrivalCounter(storage: { s3: S3Client; bucketName: string }): {
  count(request: { runId: string; trialId: string; expected: number }): Promise<ArrivalCount>;
} {
  const { s3, bucketName } = storage;
  // One count a lane, which has one trial at a time: memory must not grow with the number of trials.
  const countOfLane = new Map<string, TrialCount>();
  return {
    async count({ runId, trialId, expected }) {
      const keys = await listKeys(s3, bucketName, computePrefix(runId, trialId));
      const linesByName = keys.map(parseMessageCount);
      const canBeAll = linesByName.includes(undefined) || sum(linesByName) >= expected;
      if (!canBeAll) return { arrived: sum(linesByName), complete: false };
      const count = openCount(countOfLane, `${runId}/${trialId}`, computeLaneName(trialId));
      await pLimit(CONCURRENCY).map(
        keys.filter((key) => !count.keysRead.has(key)),
        async (key) => {
          const text = await readText(s3, bucketName, key);
          for (const sequence of parseSequences(text, runId, trialId)) count.sequences.add(sequence);
          count.keysRead.add(key);
        },
      );
      return { arrived: count.sequences.size, complete: count.sequences.size >= expected };
    },
  };
}

function openCount(countOfLane: Map<string, TrialCount>, name: string, laneName: string): TrialCount {
  const open = countOfLane.get(laneName);
  if (open?.name === name) return open;
  const count = { name, sequences: new Set<number>(), keysRead: new Set<string>() };
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

async function listKeys(s3: S3Client, bucketName: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucketName, Prefix: prefix })) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  }
  return keys;
}

async function readText(s3: S3Client, bucketName: string, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  return (await Body?.transformToString()) ?? '';
}

/** Firehose may deliver late messages of another trial, or of another run, under this prefix: the line decides. */
function parseSequences(text: string, runId: string, trialId: string): number[] {
  return text
    .split('\n')
    .map(parseMessage)
    .flatMap((message) => (message?.runId === runId && message.trialId === trialId ? message.sequence : []));
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
