// `showdown reports`: which reports there are, what one says, and copies of those in the bucket.

import { join, relative } from 'node:path';
import { parseReport } from '../../reports/parse-report.ts';
import { renderIndexTable } from '../../reports/render-index.ts';
import { renderMarkdown } from '../../reports/render-markdown.ts';
import { renderSummary } from '../../reports/render-summary.ts';
import { openAwsEnvironment } from './aws-environment.ts';
import { EXIT_GOOD } from './exit-codes.ts';
import { fetchReport } from './fetch-report.ts';
import { ReportFileError, RUNS_FOLDER } from './load-report.ts';
import { explainAbsence, openBucket, openFolder, type ReportSource } from './report-sources.ts';

/** Prints the reports of the folder `runs`, or of the bucket. Resolves to the exit code. */
export async function listReports(options: { aws: boolean; json: boolean }): Promise<number> {
  const source = await openSource(options.aws);
  const { runs, unreadable } = await source.list();
  for (const path of unreadable) process.stderr.write(`${path} is no report, and is left out.\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else process.stdout.write(runs.length > 0 ? `${renderIndexTable(runs)}\n` : `${explainEmptiness(source)}\n`);
  return EXIT_GOOD;
}

/**
 * Prints one report, the newest when no run is named. Resolves to the exit code.
 * @throws {ReportFileError} when there is no such report.
 * @throws {NotAReportError} and the other refusals of parseReport.
 */
export async function showReport(
  runId: string | undefined,
  options: { aws: boolean; json: boolean; markdown: boolean },
): Promise<number> {
  const source = await openSource(options.aws);
  const { text, path } = await source.read(runId ?? (await findNewest(source)));
  const report = parseReport(text, path);
  if (options.json) process.stdout.write(text);
  else process.stdout.write(options.markdown ? renderMarkdown(report) : `${renderSummary(report)}\n`);
  return EXIT_GOOD;
}

/**
 * Copies a report's files from the bucket, the newest when no run is named. Resolves to the exit code.
 * @throws {ReportFileError} when there is no such report.
 */
export async function fetchReports(
  runId: string | undefined,
  { outFolder }: { outFolder: string | undefined },
): Promise<number> {
  const environment = await openAwsEnvironment();
  const wanted = runId ?? (await findNewest(await openBucket()));
  const files = await fetchReport(environment, wanted, outFolder ?? join(RUNS_FOLDER, wanted));
  if (files.length === 0) throw explainAbsence(wanted, `s3://${environment.bucketName}`, ' --aws');
  process.stdout.write(files.map((file) => `${relative('.', file)}\n`).join(''));
  return EXIT_GOOD;
}

async function openSource(aws: boolean): Promise<ReportSource> {
  return aws ? openBucket() : openFolder(RUNS_FOLDER);
}

async function findNewest(source: ReportSource): Promise<string> {
  const [newest] = (await source.list()).runs;
  if (!newest) throw new ReportFileError(explainEmptiness(source));
  return newest.runId;
}

function explainEmptiness({ title }: ReportSource): string {
  return `There is no report in ${title} yet; "npm start" makes one.`;
}
