// Who may run at the same time as whom: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html

import { AwsError } from '../kernel/errors.ts';
import { RequestRate } from './request-rate.ts';
import type { ThrottleReason } from './throttle-error.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: an account's default in a Region. */
export const ACCOUNT_CONCURRENCY = 1000;
/** What reservations must leave to the functions without one. */
const UNRESERVED_CONCURRENCY_MIN = 100;

interface Reservation {
  readonly concurrency: number;
  readonly rate: RequestRate;
}

export interface AcquireRequest {
  readonly functionName: string;
  readonly nowMs: number;
  /** "unlimited" for asynchronous invocation, but for concurrency. */
  readonly isRateLimited: boolean;
}

export class Concurrency {
  readonly #reservations = new Map<string, Reservation>();
  readonly #inUse = new Map<string, number>();
  readonly #accountRate: RequestRate;
  #total = 0;

  constructor(nowMs: number) {
    this.#accountRate = new RequestRate(ACCOUNT_CONCURRENCY, nowMs);
  }

  /** @throws {AwsError} `InvalidParameterValueException` when too little would be left for the other functions. */
  reserve(functionName: string, concurrency: number, nowMs: number): void {
    const left = this.unreserved + (this.reservedFor(functionName) ?? 0) - concurrency;
    if (left < UNRESERVED_CONCURRENCY_MIN) {
      throw new AwsError(
        'InvalidParameterValueException',
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_CONCURRENCY_MIN}].`,
      );
    }
    this.#reservations.set(functionName, { concurrency, rate: new RequestRate(concurrency, nowMs) });
  }

  removeReservation(functionName: string): void {
    this.#reservations.delete(functionName);
  }

  reservedFor(functionName: string): number | undefined {
    return this.#reservations.get(functionName)?.concurrency;
  }

  inUseBy(functionName: string): number {
    return this.#inUse.get(functionName) ?? 0;
  }

  /** Of all functions. */
  get inUse(): number {
    return this.#total;
  }

  /** Of the functions without a reservation. */
  get unreservedInUse(): number {
    let inUse = this.#total;
    for (const name of this.#reservations.keys()) inUse -= this.inUseBy(name);
    return inUse;
  }

  /** What is left for the functions without a reservation. */
  get unreserved(): number {
    let left = ACCOUNT_CONCURRENCY;
    for (const { concurrency } of this.#reservations.values()) left -= concurrency;
    return left;
  }

  /** Why there is no room for one more invocation; undefined where there was, which is then taken until `release`. */
  acquire({ functionName, nowMs, isRateLimited }: AcquireRequest): ThrottleReason | undefined {
    const reservation = this.#reservations.get(functionName);
    const inUse = this.inUseBy(functionName);
    if (reservation) {
      if (inUse >= reservation.concurrency) return 'ReservedFunctionConcurrentInvocationLimitExceeded';
      if (isRateLimited && !reservation.rate.take(nowMs)) return 'ReservedFunctionInvocationRateLimitExceeded';
    } else if (this.unreservedInUse >= this.unreserved) return 'ConcurrentInvocationLimitExceeded';
    if (isRateLimited && !this.#accountRate.take(nowMs)) return 'CallerRateLimitExceeded';
    this.#inUse.set(functionName, inUse + 1);
    this.#total++;
    return undefined;
  }

  release(functionName: string): void {
    this.#inUse.set(functionName, this.inUseBy(functionName) - 1);
    this.#total--;
  }
}
