// The index of reports for people: as Markdown in the bucket, and as a table in a terminal.

import { SERVICES } from '../model/service.ts';
import { ABSENT, formatMs, formatUsdPerMillion } from './format-number.ts';
import type { IndexEntry, ReportIndex } from './index-json.ts';
import { type Column, left, renderTable, right } from './render-table.ts';

/** Links go to `<runId>/report.md`, from where index.md is. */
export function renderIndex({ runs }: ReportIndex): string {
  const link = left<IndexEntry>('run', ({ runId }) => `[${runId}](${encodeURIComponent(runId)}/report.md)`);
  return `# Reports of the eventing and messaging showdown

Newest first. *Recommended* is the cheapest setting within the run's goal for the p99 of arrival.

${renderTable(runs, [link, ...createColumns(runs)])}
`;
}

/** For a terminal. */
export function renderIndexTable(runs: readonly IndexEntry[]): string {
  return renderTable(runs, [left<IndexEntry>('run', ({ runId }) => runId), ...createColumns(runs)]);
}

/** Labels take a column where there are any. */
function createColumns(runs: readonly IndexEntry[]): Column<IndexEntry>[] {
  const label = left<IndexEntry>('label', ({ label = '' }) => label);
  return [
    left('started (UTC)', ({ startedAt }) => new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')),
    left('verdict', ({ verdict }) => verdict),
    left('where', describePlace),
    ...(runs.some((run) => run.label !== undefined) ? [label] : []),
    left('services', ({ services }) => (services.length === SERVICES.length ? 'all' : services.join(', '))),
    left('batch sizes', ({ batchSizes }) => batchSizes.join(', ')),
    left('recommended', ({ recommended }) =>
      recommended ? `${recommended.service} at ${recommended.batchSize}` : ABSENT,
    ),
    right('$ per million', ({ recommended }) => formatUsdPerMillion(recommended?.perMillionUsd)),
    right('p99 (ms)', ({ recommended }) => formatMs(recommended?.p99Ms)),
  ];
}

function describePlace({ environment }: IndexEntry): string {
  return environment.emulated ? `emulated, seed ${environment.seed}` : environment.region;
}
