// Rule: a Wait state waits for whole seconds, or until a timestamp truncated to seconds.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html

import { expect, test } from 'vitest';
import { createTestWorld, START_MS } from '../../../emulator/states/create-test-world.ts';

function wait(fields: object) {
  return createTestWorld().run({ StartAt: 'W', States: { W: { Type: 'Wait', ...fields, End: true } } }, { seconds: 7 });
}

function findTimesMs(events: readonly Record<string, unknown>[], type: string): number[] {
  return events.filter((event) => event.type === type).map((event) => Math.round(1000 * Number(event.timestamp)));
}

test.each([
  ['a number', 90, 90],
  ['an expression', '{% $states.input.seconds %}', 7],
  ['nothing', 0, 0],
])('Seconds given as %s are waited out', async (_form, Seconds, expectedSeconds) => {
  const { events } = await wait({ Seconds });

  const [enteredMs = 0] = findTimesMs(events, 'WaitStateEntered');
  expect(findTimesMs(events, 'WaitStateExited')).toEqual([enteredMs + 1000 * expectedSeconds]);
});

test.each([
  ['a fraction of a second is cut off', '2026-01-01T00:01:00.999Z', 60_000],
  ['an offset counts', '2026-01-01T01:02:00+01:00', 120_000],
])('a Timestamp ends the wait at its second: %s', async (_case, Timestamp, expectedMs) => {
  const { events } = await wait({ Timestamp });

  expect(findTimesMs(events, 'WaitStateExited')).toEqual([START_MS + expectedMs]);
});

test('a Timestamp that has passed ends the wait at once', async () => {
  const { events } = await wait({ Timestamp: '{% $fromMillis($millis() - 5000) %}' });

  expect(findTimesMs(events, 'WaitStateExited')).toEqual(findTimesMs(events, 'WaitStateEntered'));
});

test.each(['2016-12-05 21:29:29Z', '2016-12-05T21:29:29', '2016-13-05T21:29:29Z'])(
  'the Timestamp %s fails with States.QueryEvaluationError',
  async (Timestamp) => {
    const { error, cause } = await wait({ Timestamp });

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toBe(
      `An error occurred while executing the state 'W' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${Timestamp}`,
    );
  },
);

test.each(['{% 1.5 %}', '{% "1" %}', '{% -1 %}', '{% 100000000 %}'])('Seconds of %s fail', async (Seconds) => {
  const { error } = await wait({ Seconds });

  expect(error).toBe('States.QueryEvaluationError');
});
