// A report from the disk: report.json itself, a folder that holds it, or the id of a run below runs/.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReport } from '../../reports/parse-report.ts';
import type { ReportJson } from '../../reports/report-json.ts';

/** Where `run` and `reports fetch` put reports. */
export const RUNS_FOLDER = 'runs';

/** Thrown when there is no report where one was named. */
export class ReportFileError extends Error {
  override name = 'ReportFileError';
}

export interface LoadedReport {
  readonly path: string;
  /** As it is in the file. */
  readonly text: string;
  readonly report: ReportJson;
}

/**
 * @throws {ReportFileError}
 * @throws {NotAReportError} and the other refusals of parseReport.
 */
export async function loadReport(place: string): Promise<LoadedReport> {
  const paths = [place, join(place, 'report.json'), join(RUNS_FOLDER, place, 'report.json')];
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text !== undefined) return { path, text, report: parseReport(text, path) };
  }
  throw new ReportFileError(
    `there is no report at ${place}; name a report.json, the folder that holds it, or a run below ${RUNS_FOLDER}/ ("npm run showdown -- reports list" has them)`,
  );
}

/** Undefined where there is no file of that name, but perhaps a folder. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(cause.code))) return undefined;
    throw new ReportFileError(`${path} cannot be read: ${cause.message}`, { cause });
  }
}
