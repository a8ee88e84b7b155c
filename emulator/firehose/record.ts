// A record on its way through a delivery stream.

export interface BufferedRecord {
  readonly recordId: string;
  /** Whole epoch milliseconds. */
  readonly arrivedMs: number;
  readonly data: Buffer;
  /** Before any transform: what `DeliveryToS3.Bytes` counts. */
  readonly sourceBytes: number;
}

/** Epoch milliseconds. @throws {RangeError} for no records. */
export function computeOldestMs(records: readonly BufferedRecord[]): number {
  const oldestMs = records.reduce((oldest, { arrivedMs }) => Math.min(oldest, arrivedMs), Number.POSITIVE_INFINITY);
  if (Number.isFinite(oldestMs)) return oldestMs;
  throw new RangeError('an object has at least one record');
}
