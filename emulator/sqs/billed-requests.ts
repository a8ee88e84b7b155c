// What SQS bills: a request, and another for each further 64 KB of payload. https://aws.amazon.com/sqs/pricing/

const CHUNK_BYTES = 64 * 1024;

/** Billed requests of one queue, by operation. */
export class BilledRequests {
  readonly #byOperation = new Map<string, number>();

  /** Counts one call that carried `payloadBytes` of messages, in or out. */
  add(operation: string, payloadBytes: number): void {
    const requests = Math.max(1, Math.ceil(payloadBytes / CHUNK_BYTES));
    this.#byOperation.set(operation, this.of(operation) + requests);
  }

  of(operation: string): number {
    return this.#byOperation.get(operation) ?? 0;
  }

  get total(): number {
    return [...this.#byOperation.values()].reduce((sum, requests) => sum + requests, 0);
  }
}
