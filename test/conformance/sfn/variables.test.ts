// Rule: what a state assigns is visible from the next state on, and nowhere outside its workflow.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html

import { expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

test('Assign is visible from the next state on; Assign and Output see the values from before', async () => {
  const { run } = createTestWorld();

  const { output, events } = await run({
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: '{% $x + 1 %}', y: '{% $x %}' }, Output: '{% [$x] %}', Next: 'C' },
      C: { Type: 'Pass', Output: { before: '{% $states.input %}', x: '{% $x %}', y: '{% $y %}' }, End: true },
    },
  });

  expect(output).toEqual({ before: [1], x: 2, y: 1 });
  expect(events[4]).toMatchObject({
    stateExitedEventDetails: { assignedVariables: { x: '2', y: '1' }, assignedVariablesDetails: { truncated: false } },
  });
});

test('a variable larger than 256 KiB is refused', async () => {
  const { run } = createTestWorld();

  const { error } = await run({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Assign: { x: "{% $pad('', 262143, 'x') %}" }, Output: 1, End: true } },
  });

  expect(error).toBe('States.DataLimitExceeded');
});
