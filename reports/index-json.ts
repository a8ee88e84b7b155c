// What reports/index.json in the bucket holds: the runs that have a report, newest first. index.md is rendered from it.

import type { ResolvedInput } from '../model/input.ts';
import type { RatedSetting } from './choice-json.ts';
import type { RunEnvironment } from './report-facts.ts';
import type { ReportJson } from './report-json.ts';

/** Raised whenever a field changes its meaning or goes away. */
export const INDEX_SCHEMA_VERSION = 1;

export interface ReportIndex {
  readonly schemaVersion: typeof INDEX_SCHEMA_VERSION;
  /** Newest first, each run once. */
  readonly runs: readonly IndexEntry[];
}

export interface IndexEntry {
  readonly runId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly verdict: ReportJson['verdict'];
  readonly environment: RunEnvironment;
  readonly label?: string;
  readonly services: ResolvedInput['services'];
  readonly batchSizes: ResolvedInput['batchSizes'];
  /** Absent where the run could recommend none. */
  readonly recommended?: RatedSetting;
  /** Of report.json; report.md is beside it. */
  readonly key: string;
}

/** What an entry is made of: the part of a report that its every version has. */
export type IndexedReport = Pick<ReportJson, 'runId' | 'startedAt' | 'verdict' | 'environment'> & {
  readonly input: Pick<ResolvedInput, 'label' | 'services' | 'batchSizes'>;
  readonly choice?: { readonly recommendation: { readonly setting?: RatedSetting } };
};
