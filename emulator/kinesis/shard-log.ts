// The records of a shard, in order, for as long as the stream retains them.
// https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html

export interface StoredRecord {
  /** 56 digits, so that their order as texts is their order as numbers. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Base64. */
  readonly data: string;
  /** Whole epoch milliseconds. */
  readonly arrivedMs: number;
}

/** Fewer than this are not worth moving the others for. */
const TRIM_STEP = 1024;

/** A position counts every record that the shard ever took, so that it stays what it is when older ones go. */
export class ShardLog {
  readonly #records: StoredRecord[] = [];
  /** Records that are gone from the array. */
  #removed = 0;
  /** Records at the beginning of the array that are past their time. */
  #expired = 0;

  /** Of the oldest record that is retained. */
  get startPosition(): number {
    return this.#removed + this.#expired;
  }

  /** Of the next record to come. */
  get endPosition(): number {
    return this.#removed + this.#records.length;
  }

  append(record: StoredRecord): void {
    this.#records.push(record);
  }

  /** Forgets what arrived before. */
  trim(beforeMs: number): void {
    for (let record = this.#records[this.#expired]; record && record.arrivedMs < beforeMs; ) {
      this.#expired++;
      record = this.#records[this.#expired];
    }
    if (this.#expired < TRIM_STEP || this.#expired * 2 < this.#records.length) return;
    this.#records.splice(0, this.#expired);
    this.#removed += this.#expired;
    this.#expired = 0;
  }

  /** Undefined at the end. */
  at(position: number): StoredRecord | undefined {
    return position < this.startPosition ? undefined : this.#records[position - this.#removed];
  }

  /** Position of the first record for which `isReached` holds; it must hold for every later one too. */
  findFirst(isReached: (record: StoredRecord) => boolean): number {
    let low = this.startPosition;
    let high = this.endPosition;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.at(middle);
      if (record && isReached(record)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** As many as fit into `bytesMax` and `countMax`, but one in any case. */
  read(position: number, countMax: number, bytesMax: number): StoredRecord[] {
    const records: StoredRecord[] = [];
    let bytes = 0;
    for (
      let record = this.at(position);
      record && records.length < countMax;
      record = this.at(position + records.length)
    ) {
      bytes += computeDataBytes(record);
      if (bytes > bytesMax && records.length > 0) break;
      records.push(record);
    }
    return records;
  }
}

export function computeDataBytes({ data }: Pick<StoredRecord, 'data'>): number {
  return Buffer.byteLength(data, 'base64');
}
