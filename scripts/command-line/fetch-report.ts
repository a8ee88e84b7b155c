// Copies a run's report from the bucket to a folder.

import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { computeReportPrefix } from '../../model/keys.ts';
import type { Environment } from './environment.ts';

/** The paths of the files written; none when the run left no report. */
export async function fetchReport(environment: Environment, runId: string, folder: string): Promise<readonly string[]> {
  const { s3, bucketName } = environment;
  const page = await s3.send(new ListObjectsV2Command({ Bucket: bucketName, Prefix: computeReportPrefix(runId) }));
  const keys = (page.Contents ?? []).flatMap((object) => object.Key ?? []);
  const paths: string[] = [];
  for (const key of keys) {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
    const path = join(folder, basename(key));
    await mkdir(folder, { recursive: true });
    await writeFile(path, (await object.Body?.transformToByteArray()) ?? new Uint8Array());
    paths.push(path);
  }
  return paths;
}
