// Gathers the facts of a run, and makes its report of them.

import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { LaneOutcome, TrialResult } from '../../model/trial.ts';
import { computeReport } from '../../reports/compute-report.ts';
import { renderMarkdown } from '../../reports/render-markdown.ts';
import type { ReportFacts, RunEnvironment, TrialFacts } from '../../reports/report-facts.ts';
import type { ReportJson } from '../../reports/report-json.ts';
import { ArrivalBook } from './arrival-book.ts';
import { type Attempt, assertMetricsSettled } from './assert-metrics-settled.ts';
import { loadMetrics, type MetricSources } from './load-metrics.ts';
import { loadRun } from './load-run.ts';
import { readArrivals } from './read-arrivals.ts';

export interface ReportRequest extends Attempt {
  readonly runId: string;
  readonly outcomes: readonly LaneOutcome[];
}

export interface ReportAnswer {
  readonly verdict: ReportJson['verdict'];
  readonly problems: readonly string[];
  /** Of the Markdown. */
  readonly reportKey: string;
  readonly headline: string;
}

export interface ReportDependencies extends MetricSources {
  readonly s3: S3Client;
  readonly cloudWatch: CloudWatchClient;
  readonly bucketName: string;
  readonly environment: RunEnvironment;
}

/**
 * Writes `reports/<runId>/report.json` and `report.md`. Writing them again is harmless.
 * @throws {MetricsNotSettledError} before the last attempt, while CloudWatch is behind the bucket.
 * @throws {UnexpectedContentError} when the bucket holds what no run writes.
 * @throws {UnknownPriceError} when the Region has no confirmed price for something that the run used.
 */
export async function makeReport(request: ReportRequest, dependencies: ReportDependencies): Promise<ReportAnswer> {
  const facts = await gatherFacts(request, dependencies);
  assertMetricsSettled(facts.trials, request);
  const report = computeReport(facts);
  const folder = `reports/${request.runId}`;
  await store(dependencies, `${folder}/report.json`, `${JSON.stringify(report, undefined, 2)}\n`, 'application/json');
  await store(dependencies, `${folder}/report.md`, renderMarkdown(report), 'text/markdown; charset=utf-8');
  const { verdict, problems, headline } = report;
  return { verdict, problems, reportKey: `${folder}/report.md`, headline: headline.join(' ') };
}

async function gatherFacts(
  { runId, outcomes, attempt }: ReportRequest,
  dependencies: ReportDependencies,
): Promise<ReportFacts> {
  const { s3, cloudWatch, bucketName, environment } = dependencies;
  const { plan, results } = await loadRun(s3, bucketName, runId);
  const book = new ArrivalBook(plan, results);
  await readArrivals(s3, { bucketName, prefix: `arrivals/run=${runId}/` }, book);
  const metrics = await loadMetrics(cloudWatch, results, dependencies);
  return {
    environment,
    plan,
    outcomes,
    trials: results.flatMap((result) => joinFacts(result, book, metrics)),
    strays: book.strays,
    objects: book.objects,
    reportAttempts: attempt + 1,
  };
}

function joinFacts(
  result: TrialResult,
  book: ArrivalBook,
  metricsByTrial: ReadonlyMap<string, TrialFacts['metrics']>,
): TrialFacts[] {
  const metrics = metricsByTrial.get(result.trial.trialId);
  return metrics ? [{ result, arrivals: book.arrivalsOf(result.trial.trialId), metrics }] : [];
}

async function store(
  { s3, bucketName }: ReportDependencies,
  key: string,
  body: string,
  contentType: string,
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body, ContentType: contentType }));
}
