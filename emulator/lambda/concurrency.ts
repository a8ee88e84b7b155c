// Who may run at the same time as whom: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html

import { AwsError } from '../kernel/errors.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: an account's default in a Region. */
const ACCOUNT_CONCURRENCY = 1000;
/** What reservations must leave to the functions without one. */
const UNRESERVED_CONCURRENCY_MIN = 100;

export class Concurrency {
  readonly #reserved = new Map<string, number>();
  readonly #inUse = new Map<string, number>();
  #unreservedInUse = 0;

  /** @throws {AwsError} `InvalidParameterValueException` when too little would be left for the other functions. */
  reserve(functionName: string, reservedConcurrency: number): void {
    if (this.#unreserved - reservedConcurrency < UNRESERVED_CONCURRENCY_MIN) {
      throw new AwsError(
        'InvalidParameterValueException',
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_CONCURRENCY_MIN}].`,
      );
    }
    this.#reserved.set(functionName, reservedConcurrency);
  }

  inUseBy(functionName: string): number {
    return this.#inUse.get(functionName) ?? 0;
  }

  /** Whether there was room for one more invocation; if so, it is taken until `release`. */
  acquire(functionName: string): boolean {
    const reserved = this.#reserved.get(functionName);
    const inUse = this.inUseBy(functionName);
    if (reserved === undefined ? this.#unreservedInUse >= this.#unreserved : inUse >= reserved) return false;
    this.#inUse.set(functionName, inUse + 1);
    if (reserved === undefined) this.#unreservedInUse++;
    return true;
  }

  release(functionName: string): void {
    this.#inUse.set(functionName, this.inUseBy(functionName) - 1);
    if (!this.#reserved.has(functionName)) this.#unreservedInUse--;
  }

  get #unreserved(): number {
    return [...this.#reserved.values()].reduce((left, reserved) => left - reserved, ACCOUNT_CONCURRENCY);
  }
}
