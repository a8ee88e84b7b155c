// Where things are in the bucket. Hive style, so that Athena and DuckDB read arrivals as they are.

export function computeArrivalsPrefix(runId: string, trialId: string): string {
  return `arrivals/run=${runId}/trial=${trialId}/`;
}

/** A consumer's object. Its name tells how many messages it holds, so that counting takes no read. */
export function computeArrivalKey(object: {
  runId: string;
  trialId: string;
  /** Epoch milliseconds. */
  receivedAtMs: number;
  messages: number;
  requestId: string;
}): string {
  const receivedAt = String(object.receivedAtMs).padStart(13, '0');
  return `${computeArrivalsPrefix(object.runId, object.trialId)}${receivedAt}-${object.messages}-${object.requestId}.ndjson`;
}

/** Messages in a consumer's object, by its key; undefined for an object of Firehose's, whose name does not tell. */
export function parseMessageCount(key: string): number | undefined {
  const count = /\/\d{13}-(\d+)-[^/]+\.ndjson$/.exec(key)?.[1];
  return count === undefined ? undefined : Number(count);
}
