// Reads what a run's own parts stored in the bucket.

import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { computePlanKey, computeResultKey } from '../model/keys.ts';
import type { Plan, TrialResult } from '../model/trial.ts';

/** Thrown when a stored plan, result or tally is not what this deployment's other parts write. */
export class UnexpectedContentError extends Error {
  override name = 'UnexpectedContentError';
}

export interface Storage {
  readonly s3: S3Client;
  readonly bucketName: string;
}

/** @throws {UnexpectedContentError} when it is another run's. */
export async function loadPlan(storage: Storage, runId: string): Promise<Plan> {
  const key = computePlanKey(runId);
  // The state machine of this very deployment wrote it, so its shape is taken at its word once it names the run.
  const plan = JSON.parse(await loadText(storage, key)) as Plan;
  if (plan.runId !== runId) throw new UnexpectedContentError(`${key} is the plan of ${plan.runId}`);
  return plan;
}

/** Undefined when the trial did not end. @throws {UnexpectedContentError} when it is no result. */
export async function findResult(storage: Storage, runId: string, trialId: string): Promise<TrialResult | undefined> {
  const key = computeResultKey(runId, trialId);
  const object = await findObject(storage, key);
  return object && parseResult(object.text, key);
}

/** @throws {UnexpectedContentError} when `text` is no result. */
export function parseResult(text: string, key: string): TrialResult {
  const result = JSON.parse(text) as TrialResult;
  if (!result.trial?.trialId || !result.publish) throw new UnexpectedContentError(`${key} is no trial result`);
  return result;
}

/** Undefined where there is none. Not by HEAD, whose refusals say nothing. */
export async function findObject(
  { s3, bucketName }: Storage,
  key: string,
): Promise<{ readonly text: string; readonly etag?: string } | undefined> {
  try {
    const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
    return { text: (await Body?.transformToString()) ?? '', ...(ETag !== undefined && { etag: ETag }) };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** @throws {NoSuchKey} when there is none. */
export async function loadText({ s3, bucketName }: Storage, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  if (!Body) throw new UnexpectedContentError(`S3 gave no body for ${key}`);
  return Body.transformToString();
}

/** The lines of an object, without holding more of it than a piece. @throws {NoSuchKey} when there is none. */
export async function* readLines({ s3, bucketName }: Storage, key: string): AsyncGenerator<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  if (!Body || !isAsyncIterable(Body)) throw new UnexpectedContentError(`S3 gave no readable body for ${key}`);
  yield* splitLines(Body);
}

/** The SDK's body is a Node.js stream here, though its type allows for a browser's. */
function isAsyncIterable(body: object): body is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in body;
}

/** The lines of UTF-8 text that comes in pieces; empty ones are left out. A line may span pieces, and so may a character. */
export async function* splitLines(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }));
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

export interface ListedObject {
  readonly key: string;
  /** Epoch milliseconds, on a whole second. */
  readonly lastModifiedMs: number;
}

/** The prefixes right below `prefix`, up to a thousand: a run has at most 480 trials, each with a warm-up. */
export async function listFolders({ s3, bucketName }: Storage, prefix: string): Promise<string[]> {
  const { CommonPrefixes = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: bucketName, Prefix: prefix, Delimiter: '/' }),
  );
  return CommonPrefixes.flatMap(({ Prefix }) => Prefix ?? []);
}

/** Up to 1,000 objects under `prefix` whose keys come after `startAfter`, in order of key. */
export async function listPage(
  { s3, bucketName }: Storage,
  prefix: string,
  startAfter: string | undefined,
): Promise<{ readonly objects: readonly ListedObject[]; readonly isLast: boolean }> {
  const { Contents = [], IsTruncated = false } = await s3.send(
    new ListObjectsV2Command({
      Bucket: bucketName,
      Prefix: prefix,
      ...(startAfter !== undefined && { StartAfter: startAfter }),
    }),
  );
  if (Contents.length === 0 && IsTruncated) throw new UnexpectedContentError(`S3 listed an empty page of ${prefix}`);
  return { objects: Contents.map(parseListed), isLast: !IsTruncated };
}

/** Everything under `prefix`, a page of up to 1,000 at a time, in order of key. */
export async function* listPages(storage: Storage, prefix: string): AsyncGenerator<readonly ListedObject[]> {
  let startAfter: string | undefined;
  for (;;) {
    const { objects, isLast } = await listPage(storage, prefix, startAfter);
    yield objects;
    if (isLast) return;
    startAfter = objects.at(-1)?.key;
  }
}

function parseListed({
  Key,
  LastModified,
}: {
  Key?: string | undefined;
  LastModified?: Date | undefined;
}): ListedObject {
  if (Key && LastModified) return { key: Key, lastModifiedMs: LastModified.getTime() };
  throw new UnexpectedContentError('S3 listed an object without key or time');
}
