// What the harness keeps of an event in which S3 tells of an arrival object.

/** One NDJSON line under `arrival-events/`. */
export interface ArrivalEvent {
  /** Of the object. */
  readonly key: string;
  /** When S3 had finished storing it, epoch milliseconds. */
  readonly arrivedAtMs: number;
}
