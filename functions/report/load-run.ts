// Loads what the run stored of itself: its plan, and the results of the trials that ended.

import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { Plan, TrialResult } from '../../model/trial.ts';
import { UnexpectedContentError } from './errors.ts';

export interface StoredRun {
  readonly plan: Plan;
  /** In the plan's order. */
  readonly results: readonly TrialResult[];
}

const CONCURRENCY = 16;

/** @throws {UnexpectedContentError} when the plan is another run's, or a result is of no planned trial. */
export async function loadRun(s3: S3Client, bucketName: string, runId: string): Promise<StoredRun> {
  const plan = parsePlan(await loadText(s3, bucketName, `plans/run=${runId}.json`), runId);
  const keys: string[] = [];
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucketName, Prefix: `results/run=${runId}/` });
  for await (const { Contents = [] } of pages) keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  const results = await pLimit(CONCURRENCY).map(keys, async (key) =>
    parseResult(await loadText(s3, bucketName, key), key),
  );
  return { plan, results: sortByPlan(plan, results) };
}

async function loadText(s3: S3Client, bucketName: string, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  if (!Body) throw new UnexpectedContentError(`S3 gave no body for ${key}`);
  return Body.transformToString();
}

/** The state machine of this very deployment wrote it, so its shape is taken at its word once it names the run. */
function parsePlan(text: string, runId: string): Plan {
  const plan = JSON.parse(text) as Plan;
  if (plan.runId !== runId) throw new UnexpectedContentError(`plans/run=${runId}.json is the plan of ${plan.runId}`);
  return plan;
}

function parseResult(text: string, key: string): TrialResult {
  const result = JSON.parse(text) as TrialResult;
  if (!result.trial?.trialId || !result.publish) throw new UnexpectedContentError(`${key} is no trial result`);
  return result;
}

function sortByPlan(plan: Plan, results: readonly TrialResult[]): TrialResult[] {
  const resultOf = new Map(results.map((result) => [result.trial.trialId, result]));
  const planned = plan.lanes.flatMap(({ trials }) => trials.map(({ trialId }) => trialId));
  const stray = [...resultOf.keys()].find((trialId) => !planned.includes(trialId));
  if (stray !== undefined)
    throw new UnexpectedContentError(`the run has a result of ${stray}, which is not in its plan`);
  return planned.flatMap((trialId) => resultOf.get(trialId) ?? []);
}
