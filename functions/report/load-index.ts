// Reads the bucket's index of reports. Whatever happened to it, the reports themselves are what counts: it is made again from them.

import pLimit from 'p-limit';
import { REPORTS_PREFIX } from '../../model/keys.ts';
import type { IndexEntry, ReportIndex } from '../../reports/index-json.ts';
import { computeIndexEntry, createIndex, INDEX_KEYS, INDEXED_RUNS_MAX } from '../../reports/merge-index.ts';
import { parseIndex, parseIndexedReport } from '../../reports/parse-index.ts';
import { findObject, type ListedObject, listPages, type Storage } from '../stored-objects.ts';

export interface LoadedIndex {
  readonly index: ReportIndex;
  /** Entity tag of the object, readable or not; absent where there is none. */
  readonly etag?: string;
  /** Keys of reports that could not be read when the index was made again. */
  readonly unreadable: readonly string[];
}

const CONCURRENCY = 16;
const REPORT_KEY = /^reports\/[^/]+\/report\.json$/;

/** An index that is missing, or that this version cannot read, is made again from the newest reports that the bucket has. */
export async function loadIndex(bucket: Storage): Promise<LoadedIndex> {
  const object = await findObject(bucket, INDEX_KEYS.json);
  const etag = object?.etag === undefined ? {} : { etag: object.etag };
  const index = object && parseIndex(object.text);
  return index ? { index, ...etag, unreadable: [] } : { ...(await rebuildIndex(bucket)), ...etag };
}

async function rebuildIndex(bucket: Storage): Promise<Pick<LoadedIndex, 'index' | 'unreadable'>> {
  const entries: IndexEntry[] = [];
  const unreadable: string[] = [];
  await pLimit(CONCURRENCY).map(await listReportKeys(bucket), async (key) => {
    const object = await findObject(bucket, key);
    const report = object && parseIndexedReport(object.text);
    if (report) entries.push(computeIndexEntry(report));
    else unreadable.push(key);
  });
  return { index: createIndex(entries), unreadable: unreadable.sort() };
}

/** As many as an index holds. */
async function listReportKeys(bucket: Storage): Promise<string[]> {
  const reports: ListedObject[] = [];
  for await (const page of listPages(bucket, REPORTS_PREFIX)) {
    reports.push(...page.filter(({ key }) => REPORT_KEY.test(key)));
  }
  return reports
    .sort((a, b) => b.lastModifiedMs - a.lastModifiedMs)
    .slice(0, INDEXED_RUNS_MAX)
    .map(({ key }) => key);
}
