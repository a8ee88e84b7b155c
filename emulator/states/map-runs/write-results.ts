// ResultWriter: the results of a Map Run in S3, written as the state machine's role.
// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html

import { AwsError } from '../../kernel/errors.ts';
import type { ResultWriter } from '../definition/definition.ts';
import { StateError } from '../execution/state-error.ts';
import type { Visit } from '../execution/visit.ts';
import type { JsonObject, JsonValue } from '../expressions/json-value.ts';
import type { Template } from '../expressions/template.ts';
import type { MapRun } from './map-run.ts';
import { renderChild } from './render-child.ts';
import { transformChild } from './results.ts';

interface ResultFile {
  readonly Key: string;
  readonly Size: number;
}

/**
 * A file for each kind of outcome that there was, and a manifest; gives what the state's result is.
 * @throws {StateError} `States.ResultWriterFailed`
 */
export async function writeResults(
  visit: Visit,
  writer: ResultWriter,
  destination: Template,
  mapRun: MapRun,
): Promise<JsonValue> {
  const given = await visit.evaluateObject(destination);
  const bucket = String(given.Bucket);
  const prefix = typeof given.Prefix === 'string' ? given.Prefix.replace(/\/$/, '') : '';
  const folder = `${prefix === '' ? '' : `${prefix}/`}${mapRun.start.arn.split(':').at(-1)}`;
  const outcomes = sortOutcomes(mapRun, writer);
  const writeFile = async (name: string, results: readonly JsonValue[]): Promise<ResultFile[]> => {
    if (results.length === 0) return [];
    const isLines = writer.outputType === 'JSONL';
    const text = isLines ? results.map((result) => `${JSON.stringify(result)}\n`).join('') : JSON.stringify(results);
    const key = `${folder}/${name}_0.${isLines ? 'jsonl' : 'json'}`;
    return [{ Key: key, Size: await putText(visit, bucket, key, text) }];
  };
  const manifest = {
    DestinationBucket: bucket,
    MapRunArn: mapRun.start.arn,
    ResultFiles: {
      FAILED: await writeFile('FAILED', outcomes.failed),
      PENDING: await writeFile('PENDING', outcomes.pending),
      SUCCEEDED: await writeFile('SUCCEEDED', outcomes.succeeded),
    },
  };
  const manifestKey = `${folder}/manifest.json`;
  await putText(visit, bucket, manifestKey, JSON.stringify(manifest));
  mapRun.hasWrittenResults = true;
  return { MapRunArn: mapRun.start.arn, ResultWriterDetails: { Bucket: bucket, Key: manifestKey } };
}

/** Whatever ended otherwise than well is among the failed. */
function sortOutcomes(mapRun: MapRun, { transformation }: ResultWriter) {
  const succeeded: JsonValue[] = [];
  const failed: JsonObject[] = [];
  const pending: JsonObject[] = [];
  for (const { input, execution } of mapRun.children) {
    if (!execution) {
      pending.push({ Input: input.input.text, InputDetails: { Included: true }, Status: 'PENDING' });
    } else if (execution.output) {
      succeeded.push(...transformChild(execution, transformation));
    } else {
      failed.push(renderChild(execution));
    }
  }
  return { succeeded, failed, pending };
}

/** Gives the size in bytes. */
async function putText(visit: Visit, bucket: string, key: string, text: string): Promise<number> {
  const { run } = visit.strand;
  const body = Buffer.from(text);
  const input = { Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' };
  try {
    await run.world.gateway.call({ service: 's3', operation: 'PutObject', input, caller: run.caller });
    return body.length;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new StateError('States.ResultWriterFailed', `${error.message} (Service: S3, Status Code: ${error.status})`);
  }
}
