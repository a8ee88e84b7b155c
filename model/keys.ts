// Where things are in the bucket. Hive style, so that Athena and DuckDB read arrivals as they are.

import { type ArrivalManifest, decodeManifest, encodeManifest } from './arrival-manifest.ts';

export function computePlanKey(runId: string): string {
  return `plans/run=${runId}.json`;
}

export function computeResultKey(runId: string, trialId: string): string {
  return `${computeResultsPrefix(runId)}trial=${trialId}.json`;
}

export function computeResultsPrefix(runId: string): string {
  return `results/run=${runId}/`;
}

export function computeRunArrivalsPrefix(runId: string): string {
  return `arrivals/run=${runId}/`;
}

export function computeArrivalsPrefix(runId: string, trialId: string): string {
  return `${computeRunArrivalsPrefix(runId)}trial=${trialId}/`;
}

/** What the generator notes of a tick: when each publish call had returned. */
export function computeAcknowledgementsKey(runId: string, trialId: string, tick: number): string {
  return `${computeAcknowledgementsPrefix(runId, trialId)}tick=${String(tick).padStart(4, '0')}.json`;
}

export function computeAcknowledgementsPrefix(runId: string, trialId: string): string {
  return `acknowledgements/run=${runId}/trial=${trialId}/`;
}

/** S3's events of a trial's arrivals, collected; `name` is unique. */
export function computeArrivalEventsKey(runId: string, trialId: string, name: string): string {
  return `${computeArrivalEventsPrefix(runId, trialId)}${name}.ndjson`;
}

export function computeArrivalEventsPrefix(runId: string, trialId: string): string {
  return `arrival-events/run=${runId}/trial=${trialId}/`;
}

export function computeTallyKey(runId: string, trialId: string): string {
  return `${computeTalliesPrefix(runId)}trial=${trialId}.json`;
}

export function computeTalliesPrefix(runId: string): string {
  return `tallies/run=${runId}/`;
}

export const REPORTS_PREFIX = 'reports/';

/** A run's report in all its forms. */
export function computeReportPrefix(runId: string): string {
  return `${REPORTS_PREFIX}${runId}/`;
}

export function computeReportKey(runId: string): string {
  return `${computeReportPrefix(runId)}report.json`;
}

/** The trial id (a warm-up's, with its suffix) that a key under `arrivals/` names for this run; undefined for any other key. */
export function parseTrialId(key: string, runId: string): string | undefined {
  const prefix = `${computeRunArrivalsPrefix(runId)}trial=`;
  const end = key.indexOf('/', prefix.length);
  return key.startsWith(prefix) && end > 0 ? key.slice(prefix.length, end) : undefined;
}

export interface StoredInvocation {
  /** Epoch milliseconds. */
  readonly receivedAtMs: number;
  readonly requestId: string;
  readonly manifest: ArrivalManifest;
}

/**
 * A consumer's object. Its name sorts by instant, and tells what it holds, so that counting and timing take no read. The manifest is left
 * out where it is too long for a name.
 */
export function computeArrivalKey(runId: string, trialId: string, stored: StoredInvocation): string {
  const { receivedAtMs, requestId, manifest } = stored;
  const text = encodeManifest(manifest, receivedAtMs);
  const name = `${renderInstant(receivedAtMs)}-${manifest.deliveries.length}-${requestId}`;
  return `${computeArrivalsPrefix(runId, trialId)}${name}${text === undefined ? '' : `.${text}`}.ndjson`;
}

/** Where a listing has to start after to show all consumers' objects of invocations that began at `fromMs` or later. */
export function computeArrivalsStart(prefix: string, fromMs: number): string {
  return `${prefix}${renderInstant(fromMs)}`;
}

/** Epoch milliseconds in as many digits as they have until 2286, so that names sort. */
function renderInstant(epochMs: number): string {
  return String(epochMs).padStart(13, '0');
}

export interface ParsedArrivalKey {
  readonly receivedAtMs: number;
  readonly messages: number;
  readonly requestId: string;
  /** Undefined when only the object itself tells. */
  readonly manifest?: ArrivalManifest;
}

/** What the name of a consumer's object tells; undefined for an object of Firehose's, whose name tells nothing of this. */
export function parseArrivalKey(key: string): ParsedArrivalKey | undefined {
  const match = /\/(\d{13})-(\d+)-([^/.]+)(?:\.([A-Za-z0-9_-]+))?\.ndjson$/.exec(key);
  if (!match) return undefined;
  const [, receivedAt = '', count = '', requestId = '', text] = match;
  const receivedAtMs = Number(receivedAt);
  const messages = Number(count);
  const manifest = text === undefined ? undefined : decodeManifest(text, messages, receivedAtMs);
  return { receivedAtMs, messages, requestId, ...(manifest && { manifest }) };
}
