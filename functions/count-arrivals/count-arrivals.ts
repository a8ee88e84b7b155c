// Counts distinct messages. Names of consumers' objects tell which they hold, so only the objects of Firehose and those of large batches are
// read, each once in an execution environment's life.

import pLimit from 'p-limit';
import { parseMessage } from '../../model/arrived-message.ts';
import { computeArrivalsPrefix, computeArrivalsStart, parseArrivalKey } from '../../model/keys.ts';
import { TRIAL_MESSAGES_MAX, WARM_UP_SUFFIX } from '../../model/message.ts';
import { SequenceSet } from '../../model/sequence-set.ts';
import { listInRanges } from '../list-in-ranges.ts';
import { loadText, type Storage } from '../stored-objects.ts';

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

export function createArrivalCounter(storage: Storage): {
  count(request: { runId: string; trialId: string; expected: number }): Promise<ArrivalCount>;
} {
  // One count a lane, which has one trial at a time: memory must not grow with the number of trials.
  const countOfLane = new Map<string, TrialCount>();
  return {
    async count({ runId, trialId, expected }) {
      const count = openCount(countOfLane, `${runId}/${trialId}`, computeLaneName(trialId));
      await goThroughNewObjects(storage, computePrefix(runId, trialId), count, async (key) => {
        for (const sequence of await readSequences(storage, key, runId, trialId)) addSequence(count, sequence);
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

/** From where the listing before had come to: what was counted then need not be listed again. */
async function goThroughNewObjects(
  storage: Storage,
  prefix: string,
  count: TrialCount,
  read: (key: string) => Promise<void>,
): Promise<void> {
  const startAfter =
    count.latestMs === undefined ? undefined : computeArrivalsStart(prefix, count.latestMs - STORED_LATE_MS_MAX);
  const limit = pLimit(CONCURRENCY);
  let { latestMs } = count;
  await listInRanges(storage, { prefix, startAfter }, async (page) => {
    const unread: string[] = [];
    for (const { key } of page) {
      const parsed = parseArrivalKey(key);
      if (parsed) latestMs = Math.max(parsed.receivedAtMs, latestMs ?? 0);
      for (const { sequence } of parsed?.manifest?.deliveries ?? []) addSequence(count, sequence);
      if (!parsed?.manifest && !count.keysRead.has(key)) unread.push(key);
    }
    await limit.map(unread, async (key) => {
      await read(key);
      count.keysRead.add(key);
    });
  });
  // Only now: what a count that fails did not get to has to be listed again.
  count.latestMs = latestMs;
}

/** Whatever else a name or a line says is none of the generator's messages. */
function addSequence({ sequences }: TrialCount, sequence: number): void {
  if (Number.isInteger(sequence) && sequence >= 0 && sequence < TRIAL_MESSAGES_MAX) sequences.add(sequence);
}

/** Firehose may deliver late messages of another trial, or of another run, under this prefix: the line decides. */
async function readSequences(storage: Storage, key: string, runId: string, trialId: string): Promise<number[]> {
  const text = await loadText(storage, key);
  return text
    .split('\n')
    .map(parseMessage)
    .flatMap((message) => (message?.runId === runId && message.trialId === trialId ? message.sequence : []));
}
