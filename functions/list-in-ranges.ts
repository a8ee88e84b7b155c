// Goes through what consumers stored of a trial, many pages at a time: one page after the other, ten million objects would take a quarter of an hour.

import { computeArrivalsStart, parseArrivalKey } from '../model/keys.ts';
import { type ListedObject, listPage, type Storage } from './stored-objects.ts';

export interface Listing {
  readonly prefix: string;
  /** Only keys after this one. */
  readonly startAfter?: string | undefined;
}

type HandlePage = (page: readonly ListedObject[]) => void | Promise<void>;

/** Most trials have no more pages than these, and ask for none too many. */
const PAGES_IN_ORDER = 4;
/** Listed side by side. */
const CONCURRENCY = 16;
/** Of a range, about: its last page may hold objects of the next one, which are then listed again. */
const RANGE_OBJECTS = 10_000;
const AFTER_ALL_KEYS = '\u{10ffff}';

/**
 * Hands over every page, in any order, several at a time. The first pages come one after the other. If there are more, what follows is cut into ranges
 * by the instants in the names, as long as some ten thousand objects take at the rate of all that was listed so far, and many ranges are listed side by
 * side until nothing follows. Objects with other names, such as Firehose's, are listed one page after the other.
 */
export async function listInRanges(storage: Storage, listing: Listing, handlePage: HandlePage): Promise<void> {
  const { prefix } = listing;
  let { startAfter } = listing;
  let ranges: Ranges | undefined;
  const begin: ListedObject[] = [];
  for (let pages = 1; ranges === undefined; pages++) {
    const { objects, isLast } = await listPage(storage, prefix, startAfter);
    if (objects.length > 0) await handlePage(objects);
    if (isLast) return;
    startAfter = objects.at(-1)?.key;
    if (pages <= PAGES_IN_ORDER) begin.push(...objects);
    if (pages === PAGES_IN_ORDER) ranges = Ranges.after(prefix, begin);
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, () => listRanges(storage, ranges, handlePage)));
}

async function listRanges(storage: Storage, ranges: Ranges, handlePage: HandlePage): Promise<void> {
  try {
    for (let range = ranges.take(); range; range = ranges.take()) await listRange(storage, ranges, range, handlePage);
  } catch (error) {
    ranges.abandon();
    throw error;
  }
}

async function listRange(
  storage: Storage,
  ranges: Ranges,
  { startAfter: from, endAt }: Range,
  handlePage: HandlePage,
): Promise<void> {
  let startAfter: string | undefined = from;
  while (startAfter !== undefined && !ranges.isAbandoned) {
    const { objects, isLast } = await listPage(storage, ranges.prefix, startAfter);
    const within = objects.filter(({ key }) => key <= endAt);
    ranges.add(within);
    if (within.length > 0) await handlePage(within);
    const beyond = objects[within.length];
    if (beyond) ranges.skipTo(beyond.key);
    else if (isLast) ranges.end();
    startAfter = beyond || isLast ? undefined : within.at(-1)?.key;
  }
}

interface Range {
  readonly startAfter: string;
  /** Inclusive. */
  readonly endAt: string;
}

/** Which stretch of the keys comes next: each is taken once, and together they leave nothing out. */
class Ranges {
  readonly prefix: string;
  #startAfter: string;
  #startMs: number;
  /** Of all that was listed, so that pauses between bursts are in it. */
  readonly #firstMs: number;
  #lastMs: number;
  #objects: number;
  #isRestNameless = false;
  #isEnded = false;
  #isAbandoned = false;

  /** After `objects`, all that was listed so far; undefined when their names tell no instants. */
  static after(prefix: string, objects: readonly ListedObject[]): Ranges | undefined {
    const [first, last] = [objects[0], objects.at(-1)];
    const firstMs = first && parseArrivalKey(first.key)?.receivedAtMs;
    const lastMs = last && parseArrivalKey(last.key)?.receivedAtMs;
    if (!last || firstMs === undefined || lastMs === undefined) return undefined;
    return new Ranges(prefix, { startAfter: last.key, firstMs, lastMs, objects: objects.length });
  }

  private constructor(
    prefix: string,
    listed: { startAfter: string; firstMs: number; lastMs: number; objects: number },
  ) {
    this.prefix = prefix;
    this.#startAfter = listed.startAfter;
    this.#startMs = listed.lastMs;
    this.#firstMs = listed.firstMs;
    this.#lastMs = listed.lastMs;
    this.#objects = listed.objects;
  }

  take(): Range | undefined {
    if (this.#isEnded) return undefined;
    const startAfter = this.#startAfter;
    if (this.#isRestNameless) {
      this.#isEnded = true;
      return { startAfter, endAt: AFTER_ALL_KEYS };
    }
    const msPerObject = (this.#lastMs - this.#firstMs) / this.#objects;
    this.#moveTo(this.#startMs + Math.max(1, Math.ceil(RANGE_OBJECTS * msPerObject)));
    return { startAfter, endAt: this.#startAfter };
  }

  /** `objects` are those of a range. */
  add(objects: readonly ListedObject[]): void {
    this.#objects += objects.length;
    const parsed = parseArrivalKey(objects.at(-1)?.key ?? '');
    if (parsed) this.#lastMs = Math.max(this.#lastMs, parsed.receivedAtMs);
  }

  /** There is nothing between a range that was taken and `key`. If that tells no instant, all the rest is one range. */
  skipTo(key: string): void {
    const parsed = parseArrivalKey(key);
    if (!parsed) this.#isRestNameless = true;
    else if (parsed.receivedAtMs > this.#startMs) this.#moveTo(parsed.receivedAtMs);
  }

  /** No more of anything: who lists beside a failure would go on in somebody else's invocation. */
  abandon(): void {
    this.#isEnded = true;
    this.#isAbandoned = true;
  }

  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** There is nothing after a range that was taken. */
  end(): void {
    this.#isEnded = true;
  }

  #moveTo(startMs: number): void {
    this.#startMs = startMs;
    this.#startAfter = computeArrivalsStart(this.prefix, startMs);
  }
}
