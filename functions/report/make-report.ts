// Gathers the facts of a run, and makes its report of them.

import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { computeReportPrefix } from '../../model/keys.ts';
import type { Collection, Tally, TallyFailure } from '../../model/tally.ts';
import type { LaneOutcome, TrialResult } from '../../model/trial.ts';
import { renderCharts } from '../../reports/charts/render-charts.ts';
import { computeReport } from '../../reports/compute-report.ts';
import { computeIndexEntry } from '../../reports/merge-index.ts';
import { renderHtml } from '../../reports/render-html.ts';
import { renderMarkdown } from '../../reports/render-markdown.ts';
import type { ReportFacts, RunEnvironment, TrialFacts } from '../../reports/report-facts.ts';
import type { ReportJson } from '../../reports/report-json.ts';
import type { Storage } from '../stored-objects.ts';
import { type Attempt, assertMetricsSettled } from './assert-metrics-settled.ts';
import { loadMetrics, type MetricSources } from './load-metrics.ts';
import { loadRun, sumStrays } from './load-run.ts';
import { IndexConflictError, updateIndex } from './update-index.ts';

export interface ReportRequest extends Attempt {
  readonly runId: string;
  readonly outcomes: readonly LaneOutcome[];
  /** What came of S3's events of the run's arrivals. */
  readonly collection: Collection;
  readonly tallyFailures: readonly TallyFailure[];
}

export interface ReportAnswer {
  readonly verdict: ReportJson['verdict'];
  readonly problems: readonly string[];
  /** Of the Markdown. */
  readonly reportKey: string;
  readonly headline: string;
}

export interface ReportDependencies extends MetricSources, Storage {
  readonly cloudWatch: CloudWatchClient;
  readonly environment: RunEnvironment;
}

/**
 * Writes `reports/<runId>/report.json`, `report.md`, `report.html` and its charts, and enters the run into the bucket's index of reports. Writing them again is harmless.
 * @throws {MetricsNotSettledError} before the last attempt, while CloudWatch is behind the bucket.
 * @throws {UnexpectedContentError} when the bucket holds what no run writes.
 * @throws {UnknownPriceError} when the Region has no confirmed price for something that the run used.
 */
export async function makeReport(request: ReportRequest, dependencies: ReportDependencies): Promise<ReportAnswer> {
  const facts = await gatherFacts(request, dependencies);
  assertMetricsSettled(facts.trials, request);
  const report = computeReport(facts);
  const prefix = computeReportPrefix(request.runId);
  await Promise.all(
    renderFiles(report).map(({ name, body, contentType }) => store(dependencies, prefix + name, body, contentType)),
  );
  await enterIntoIndex(report, dependencies);
  const { verdict, problems, headline } = report;
  return { verdict, problems, reportKey: `${prefix}report.md`, headline: headline.join(' ') };
}

/** The report is there, and the index can be made again from it: no reason to fail a run. */
async function enterIntoIndex(report: ReportJson, storage: Storage): Promise<void> {
  try {
    const unreadable = await updateIndex(storage, computeIndexEntry(report));
    for (const key of unreadable) console.warn(`${key} cannot be read, and is not in the index of reports`);
  } catch (error) {
    if (!(error instanceof IndexConflictError)) throw error;
    console.error(error);
  }
}

interface ReportFile {
  readonly name: string;
  readonly body: string;
  readonly contentType: string;
}

function renderFiles(report: ReportJson): ReportFile[] {
  const charts = renderCharts(report);
  return [
    { name: 'report.json', body: `${JSON.stringify(report, undefined, 2)}\n`, contentType: 'application/json' },
    { name: 'report.md', body: renderMarkdown(report), contentType: 'text/markdown; charset=utf-8' },
    { name: 'report.html', body: renderHtml(report, charts), contentType: 'text/html; charset=utf-8' },
    ...charts.map(({ name, svg }) => ({ name: `${name}.svg`, body: svg, contentType: 'image/svg+xml' })),
  ];
}

async function gatherFacts(
  { runId, outcomes, collection, tallyFailures, attempt }: ReportRequest,
  dependencies: ReportDependencies,
): Promise<ReportFacts> {
  const { cloudWatch, environment } = dependencies;
  const { plan, results, tallies, unknownTrials } = await loadRun(dependencies, runId);
  const metrics = await loadMetrics(cloudWatch, results, dependencies);
  const trials = results.flatMap((result) => joinFacts(result, tallies, metrics));
  return {
    environment,
    plan,
    outcomes,
    trials,
    untalliedTrials: results
      .map(({ trial }) => trial.trialId)
      .filter((trialId) => tallies.get(trialId)?.arrivals === undefined),
    strays: sumStrays(tallies.values()),
    unknownTrials,
    collection,
    tallyFailures,
    objectsRead: [...tallies.values()].reduce((sum, { objectsRead }) => sum + objectsRead, 0),
    reportAttempts: attempt + 1,
  };
}

function joinFacts(
  result: TrialResult,
  tallies: ReadonlyMap<string, Tally>,
  metricsByTrial: ReadonlyMap<string, TrialFacts['metrics']>,
): TrialFacts[] {
  const { trialId } = result.trial;
  const metrics = metricsByTrial.get(trialId);
  const arrivals = tallies.get(trialId)?.arrivals;
  return metrics && arrivals ? [{ result, arrivals, metrics }] : [];
}

async function store(
  { s3, bucketName }: ReportDependencies,
  key: string,
  body: string,
  contentType: string,
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body, ContentType: contentType }));
}
