// Retry and Catch: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html

import type { Random } from '../../kernel/random.ts';
import type { Recovery, Retrier, Transition } from '../definition/definition.ts';
import { Payload } from '../expressions/payload.ts';
import { matchesError, StateError } from './state-error.ts';
import type { Completion, Step, Visit } from './visit.ts';

export interface Attempt extends Completion {
  /** The event that leaving the state follows from, where it is not the last one. */
  readonly previousEventId?: number;
}

/**
 * Tries until it works or the first retrier that takes the error has no attempts left; then the first catcher that takes
 * it decides where to go on.
 * @throws {StateError} the last error, when no catcher takes it.
 */
export async function runWithRecovery(
  visit: Visit,
  state: Recovery & Transition,
  attempt: () => Promise<Attempt>,
): Promise<Step> {
  const { cancellation, run } = visit.strand;
  const retries = new Map<Retrier, number>();
  for (;;) {
    try {
      const attempted = await attempt();
      return visit.leave(attempted, state.next, attempted.previousEventId);
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      const retrier = state.retry.find(({ errorEquals }) => matchesError(error, errorEquals));
      const retried = retrier ? (retries.get(retrier) ?? 0) : 0;
      if (!retrier || retried >= retrier.maxAttempts) return recover(visit, state, error);
      retries.set(retrier, retried + 1);
      const delayMs = computeRetryDelayMs(retrier, retried, run.random);
      await cancellation.sleepUntil(run.world.clock, run.world.clock.now() + delayMs);
      visit.retryCount++;
    }
  }
}

/** `retried` counts the retries by this retrier so far. */
function computeRetryDelayMs(retrier: Retrier, retried: number, random: Random): number {
  const delaySeconds = Math.min(
    retrier.intervalSeconds * retrier.backoffRate ** retried,
    retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  return 1000 * (retrier.jitter === 'FULL' ? random.next() * delaySeconds : delaySeconds);
}

async function recover(visit: Visit, state: Recovery, error: StateError): Promise<Step> {
  const catcher = state.catch.find(({ errorEquals }) => matchesError(error, errorEquals));
  if (!catcher) throw error;
  const errorOutput = { Error: error.error, Cause: error.causeText };
  return visit.leave(await visit.complete(catcher, new Payload(errorOutput), { errorOutput }), catcher.next);
}
