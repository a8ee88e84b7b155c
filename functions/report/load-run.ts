// Loads what the run stored of itself: its plan, the results of the trials that ended, and their tallies.

import pLimit from 'p-limit';
import { computeResultsPrefix, computeRunArrivalsPrefix, computeTalliesPrefix } from '../../model/keys.ts';
import { WARM_UP_SUFFIX } from '../../model/message.ts';
import { NO_STRAYS, type StrayLines, type Tally } from '../../model/tally.ts';
import type { Plan, TrialResult } from '../../model/trial.ts';
import {
  listFolders,
  listPages,
  loadPlan,
  loadText,
  parseResult,
  type Storage,
  UnexpectedContentError,
} from '../stored-objects.ts';

export interface StoredRun {
  readonly plan: Plan;
  /** Of the trials that ended, in the plan's order. */
  readonly results: readonly TrialResult[];
  /** By trial id; of every planned trial. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Folders of trials that the plan does not have. */
  readonly unknownTrials: readonly string[];
}

const CONCURRENCY = 16;

/** @throws {UnexpectedContentError} when the plan is another run's, or a result or tally is of no planned trial. */
export async function loadRun(storage: Storage, runId: string): Promise<StoredRun> {
  const plan = await loadPlan(storage, runId);
  const planned = plan.lanes.flatMap(({ trials }) => trials.map(({ trialId }) => trialId));
  const results = await loadAll(storage, computeResultsPrefix(runId), parseResult);
  const tallies = await loadAll(storage, computeTalliesPrefix(runId), parseTally);
  const resultOf = new Map(results.map((result) => [result.trial.trialId, result]));
  const tallyOf = new Map(tallies.map((tally) => [tally.trialId, tally]));
  for (const trialId of [...resultOf.keys(), ...tallyOf.keys()]) {
    if (planned.includes(trialId)) continue;
    throw new UnexpectedContentError(`the run has a result or tally of ${trialId}, which is not in its plan`);
  }
  return {
    plan,
    results: planned.flatMap((trialId) => resultOf.get(trialId) ?? []),
    tallies: tallyOf,
    unknownTrials: await findUnknownTrials(storage, runId, planned),
  };
}

export function sumStrays(tallies: Iterable<Tally>): StrayLines {
  const sum = { ...NO_STRAYS };
  for (const { strays } of tallies) {
    sum.warmUp += strays.warmUp;
    sum.unfinished += strays.unfinished;
    sum.misplaced += strays.misplaced;
    sum.unknown += strays.unknown;
    sum.unreadable += strays.unreadable;
  }
  return sum;
}

async function loadAll<T>(storage: Storage, prefix: string, parse: (text: string, key: string) => T): Promise<T[]> {
  const keys: string[] = [];
  for await (const page of listPages(storage, prefix)) keys.push(...page.map(({ key }) => key));
  return pLimit(CONCURRENCY).map(keys, async (key) => parse(await loadText(storage, key), key));
}

/** The tally function of this very deployment wrote it, so its shape is taken at its word once it names a trial. */
function parseTally(text: string, key: string): Tally {
  const tally = JSON.parse(text) as Tally;
  if (!tally.trialId || !tally.strays) throw new UnexpectedContentError(`${key} is no tally`);
  return tally;
}

/** By the folders alone. */
async function findUnknownTrials(storage: Storage, runId: string, planned: readonly string[]): Promise<string[]> {
  const prefix = computeRunArrivalsPrefix(runId);
  const known = new Set(planned.flatMap((trialId) => [`trial=${trialId}/`, `trial=${trialId}${WARM_UP_SUFFIX}/`]));
  const folders = (await listFolders(storage, prefix)).map((folder) => folder.slice(prefix.length));
  return folders.filter((folder) => !known.has(folder)).map((folder) => folder.slice(0, -1));
}
