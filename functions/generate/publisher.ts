// What the four services' modules have in common.

/** One EventBridge event, SQS message, Kinesis record or Firehose record, ready to be sent. */
export interface OutgoingEntry {
  /** The data, as JSON text. */
  readonly text: string;
  /** UTF-8 bytes of the data. */
  readonly bytes: number;
  /** Decides the shard, where there are shards. */
  readonly partitionKey: string;
}

export interface Publisher {
  /** Most bytes of data in one call, with room for what the call adds to them. */
  readonly callBytesMax: number;
  /**
   * Makes one call. Gives the positions of the entries that the service refused, empty when it took them all.
   * @throws what the SDK throws when the call as a whole failed.
   */
  publish(entries: readonly OutgoingEntry[]): Promise<readonly number[]>;
  /** The call in the service's own billing unit, when it took entries of these sizes. */
  computeBilledUnits(entryBytes: readonly number[]): number;
}

/** Positions of what `isFailed` holds for. */
export function findFailed<T>(results: readonly T[], isFailed: (result: T) => boolean): number[] {
  return results.flatMap((result, index) => (isFailed(result) ? [index] : []));
}
