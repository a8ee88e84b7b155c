// Keeps the index of reports.

import { computeReportKey, REPORTS_PREFIX } from '../model/keys.ts';
import type { RatedSetting } from './choice-json.ts';
import type { IndexEntry, IndexedReport, ReportIndex } from './index-json.ts';
import { INDEX_SCHEMA_VERSION } from './index-json.ts';

/** An index is read and written whole with every run; the reports themselves stay, however old. */
export const INDEXED_RUNS_MAX = 1000;

export const INDEX_KEYS = { json: `${REPORTS_PREFIX}index.json`, markdown: `${REPORTS_PREFIX}index.md` };

export function computeIndexEntry({
  runId,
  startedAt,
  verdict,
  environment,
  input,
  choice,
}: IndexedReport): IndexEntry {
  const recommended = choice?.recommendation.setting;
  return {
    runId,
    startedAt,
    verdict,
    environment,
    ...(input.label !== undefined && { label: input.label }),
    services: input.services,
    batchSizes: input.batchSizes,
    ...(recommended && { recommended: pickRating(recommended) }),
    key: computeReportKey(runId),
  };
}

function pickRating({ service, batchSize, perMillionUsd, p99Ms }: RatedSetting): RatedSetting {
  return { service, batchSize, perMillionUsd, p99Ms };
}

/** Newest first; of several entries of one run the last given counts. */
export function createIndex(entries: readonly IndexEntry[]): ReportIndex {
  const byRun = new Map(entries.map((entry) => [entry.runId, entry]));
  return { schemaVersion: INDEX_SCHEMA_VERSION, runs: [...byRun.values()].sort(compareAge).slice(0, INDEXED_RUNS_MAX) };
}

export function mergeIndex({ runs }: ReportIndex, entry: IndexEntry): ReportIndex {
  return createIndex([...runs, entry]);
}

/** Runs of one instant by name, so that an index does not depend on the order in which it grew. */
function compareAge(a: IndexEntry, b: IndexEntry): number {
  return Date.parse(b.startedAt) - Date.parse(a.startedAt) || (a.runId < b.runId ? -1 : 1);
}
