// Where the reports are that `showdown reports` speaks of: a folder here, or the bucket of the deployed stack.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadIndex } from '../../functions/report/load-index.ts';
import { findObject } from '../../functions/stored-objects.ts';
import { computeReportKey } from '../../model/keys.ts';
import type { IndexEntry } from '../../reports/index-json.ts';
import { computeIndexEntry } from '../../reports/merge-index.ts';
import { parseIndexedReport } from '../../reports/parse-index.ts';
import { openAwsEnvironment } from './aws-environment.ts';
import { ReportFileError } from './load-report.ts';

export interface ReportSource {
  /** For people: `runs` or `s3://<bucket>`. */
  readonly title: string;
  /** Newest first, and what is there under a report's name and is none. */
  list(): Promise<{ readonly runs: readonly IndexEntry[]; readonly unreadable: readonly string[] }>;
  /**
   * The text of a run's report.json, and where it is.
   * @throws {ReportFileError} when there is none.
   */
  read(runId: string): Promise<{ readonly text: string; readonly path: string }>;
}

/**
 * Each report in a folder of its own in `folder`; none when there is no such folder. The newest is the one written last: emulated runs all
 * start at the same instant.
 */
export function openFolder(folder: string): ReportSource {
  const pathOf = (runId: string) => join(folder, runId, 'report.json');
  return {
    title: folder,
    async list() {
      const written: { entry: IndexEntry; writtenMs: number }[] = [];
      const unreadable: string[] = [];
      for (const name of await listFolders(folder)) {
        const path = pathOf(name);
        const text = await readFile(path, 'utf8').catch(passOver(['ENOENT']));
        if (text === undefined) continue;
        const report = parseIndexedReport(text);
        // By the folder's name, which is what it is asked for by.
        const entry = report && { ...computeIndexEntry(report), runId: name, key: path };
        if (entry) written.push({ entry, writtenMs: (await stat(path)).mtimeMs });
        else unreadable.push(path);
      }
      return { runs: written.sort((a, b) => b.writtenMs - a.writtenMs).map(({ entry }) => entry), unreadable };
    },
    async read(runId) {
      const path = pathOf(runId);
      const text = await readFile(path, 'utf8').catch(passOver(['ENOENT', 'ENOTDIR']));
      if (text === undefined) throw explainAbsence(runId, folder, '');
      return { text, path };
    },
  };
}

/** @throws {StackNotFoundError} */
export async function openBucket(): Promise<ReportSource> {
  const { s3, bucketName } = await openAwsEnvironment();
  const title = `s3://${bucketName}`;
  return {
    title,
    async list() {
      const { index, unreadable } = await loadIndex({ s3, bucketName });
      return { runs: index.runs, unreadable };
    },
    async read(runId) {
      const key = computeReportKey(runId);
      const object = await findObject({ s3, bucketName }, key);
      if (!object) throw explainAbsence(runId, title, ' --aws');
      return { text: object.text, path: `${title}/${key}` };
    },
  };
}

export function explainAbsence(runId: string, title: string, flag: string): ReportFileError {
  return new ReportFileError(
    `there is no report of run ${runId} in ${title}; "npm run showdown -- reports list${flag}" has those that are there`,
  );
}

async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(passOver(['ENOENT']));
  return (entries ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Undefined in place of these errors of the file system. */
function passOver(codes: readonly string[]): (error: Error) => undefined {
  return (error) => {
    if ('code' in error && codes.includes(String(error.code))) return undefined;
    throw error;
  };
}
