// Goes through what consumers stored of a trial, many pages at a time: one page after the other, ten million objects would take a quarter of an hour.

import pLimit from 'p-limit';
import { computeArrivalsStart, parseArrivalKey } from '../model/keys.ts';
import { type ListedObject, listPages, type Storage } from './stored-objects.ts';

export interface Listing {
  readonly prefix: string;
  /** Only keys after this one. */
  readonly startAfter?: string | undefined;
  /** When the last object's invocation may have begun, epoch milliseconds; later ones are found all the same. */
  readonly lastMs: number;
}

/** Listed side by side. */
const CONCURRENCY = 16;
/** As many objects are worth a range of their own, which may ask for a page more than it needs. */
const RANGE_OBJECTS = 5000;
/** More than are listed side by side, as some hold more objects than others. */
const RANGES_MAX = 64;

/**
 * Hands over every page, in any order, several at a time. The first two pages tell how close the instants in the names are; if many objects are to come,
 * what is left until `lastMs` is cut into ranges of time. Objects with other names, such as Firehose's, are listed one page after the other.
 */
export async function listInRanges(
  storage: Storage,
  { prefix, startAfter, lastMs }: Listing,
  handlePage: (page: readonly ListedObject[]) => void | Promise<void>,
): Promise<void> {
  const pages = listPages(storage, prefix, { startAfter });
  const begin: ListedObject[] = [];
  for (let page = 0; page < 2; page++) {
    const { done, value } = await pages.next();
    if (done) return;
    await handlePage(value);
    begin.push(...value);
  }
  const cuts = computeCuts(prefix, begin, lastMs);
  if (cuts.length === 0) {
    for await (const page of pages) await handlePage(page);
    return;
  }
  await pages.return(undefined);
  const starts = [begin.at(-1)?.key, ...cuts];
  await pLimit(CONCURRENCY).map(starts, async (start, index) => {
    const range = { startAfter: start, endAt: cuts[index] };
    for await (const page of listPages(storage, prefix, range)) await handlePage(page);
  });
}

/** Where all ranges but the first begin; none if the rest is not worth it. */
function computeCuts(prefix: string, begin: readonly ListedObject[], lastMs: number): string[] {
  const firstMs = parseArrivalKey(begin[0]?.key ?? '')?.receivedAtMs;
  const listedMs = parseArrivalKey(begin.at(-1)?.key ?? '')?.receivedAtMs;
  if (firstMs === undefined || listedMs === undefined || listedMs >= lastMs) return [];
  const objects = (begin.length / Math.max(1, listedMs - firstMs)) * (lastMs - listedMs);
  const ranges = Math.min(RANGES_MAX, Math.floor(objects / RANGE_OBJECTS));
  return Array.from({ length: Math.max(0, ranges - 1) }, (_, index) =>
    computeArrivalsStart(prefix, Math.round(listedMs + ((index + 1) / ranges) * (lastMs - listedMs))),
  );
}
