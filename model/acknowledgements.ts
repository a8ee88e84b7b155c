// When the publish calls of a tick had returned, as the generator notes it down for the report.

/** One JSON object a tick. The two lists are of equal length, in the order in which the calls returned. */
export interface Acknowledgements {
  /** The first tick's instant, epoch milliseconds. */
  readonly startMs: number;
  readonly sequences: readonly number[];
  /** Of the message at the same place: from `startMs` to the return of the call that the service took it in. Milliseconds. */
  readonly acknowledgedAfterMs: readonly number[];
}
