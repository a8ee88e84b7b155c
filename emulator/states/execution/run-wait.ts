// Waits are in whole seconds: https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html

import type { WaitState } from '../definition/definition.ts';
import type { Template } from '../expressions/template.ts';
import type { Step, Visit } from './visit.ts';

const WAIT_SECONDS_MAX = 99_999_999;

/** ISO 8601 with a date, a time and an offset, as RFC 3339 profiles it. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

export async function runWait(visit: Visit, state: WaitState): Promise<Step> {
  const { cancellation, run } = visit.strand;
  await cancellation.sleepUntil(run.world.clock, await computeEndMs(visit, state));
  return visit.leave(await visit.complete(state, visit.input), state.next);
}

/** The instant at which the wait is over; one in the past ends it at once. */
async function computeEndMs(visit: Visit, { duration }: WaitState): Promise<number> {
  if (duration.kind === 'timestamp') return evaluateTimestampMs(visit, duration.timestamp);
  return visit.strand.nowMs + 1000 * (await visit.evaluateInteger(duration.seconds, 0, WAIT_SECONDS_MAX));
}

/** Truncated to the second. */
async function evaluateTimestampMs(visit: Visit, template: Template): Promise<number> {
  const text = await visit.evaluateText(template);
  const timeMs = TIMESTAMP.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs)) {
    throw visit.failEvaluation(
      template.location,
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    );
  }
  return Math.floor(timeMs / 1000) * 1000;
}
