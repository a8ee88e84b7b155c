// Rule: $states.context tells of the execution, the state machine, the state and the item.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html

import { expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

test('$states.context tells of execution, state machine and state', async () => {
  const { run } = createTestWorld();

  const { output } = await run(
    { StartAt: 'P', States: { P: { Type: 'Pass', Output: '{% $states.context %}', End: true } } },
    7,
  );

  expect(output).toEqual({
    Execution: {
      Id: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:execution:m:[0-9a-f-]{36}$/),
      Input: 7,
      StartTime: expect.stringMatching(/^2026-01-01T00:00:00\.\d{3}Z$/),
      Name: expect.stringMatching(/^[0-9a-f-]{36}$/),
      RoleArn: 'arn:aws:iam::000000000000:role/machine',
      RedriveCount: 0,
    },
    StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', Name: 'm' },
    State: { Name: 'P', EnteredTime: expect.stringMatching(/^2026-01-01T00:00:00\.\d{3}Z$/) },
  });
});

test('$states.context.Map.Item tells of the item, its index and where it came from', async () => {
  const { run } = createTestWorld();
  const map = {
    Type: 'Map',
    ItemSelector: { item: '{% $states.context.Map.Item %}' },
    ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
    End: true,
  };

  expect((await run({ StartAt: 'M', States: { M: map } }, ['a', 'b'])).output).toEqual([
    { item: { Index: 0, Value: 'a', Source: 'STATE_DATA' } },
    { item: { Index: 1, Value: 'b', Source: 'STATE_DATA' } },
  ]);
});
