// Rule: a Choice state goes where the first rule leads whose condition is true, else to its default.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html

import { describe, expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

function choose(choice: object, input: unknown) {
  const result = (name: string) => ({
    Type: 'Pass',
    Output: { at: name, x: '{% $x %}', in: '{% $states.input %}' },
    End: true,
  });
  return createTestWorld().run(
    {
      StartAt: 'Start',
      States: {
        Start: { Type: 'Pass', Assign: { x: 0 }, Next: 'Choose' },
        Choose: { Type: 'Choice', ...choice },
        A: result('A'),
        B: result('B'),
        Other: result('Other'),
      },
    },
    input,
  );
}

const CHOICES = [
  { Condition: '{% $states.input.n = 1 %}', Assign: { x: 'a' }, Output: 'from a', Next: 'A' },
  { Condition: '{% $states.input.n >= 1 %}', Next: 'B' },
];

describe('a Choice state', () => {
  test.each([
    [{ n: 1 }, { at: 'A', x: 'a', in: 'from a' }],
    [{ n: 2 }, { at: 'B', x: 0, in: { n: 2 } }],
    [{ n: 0 }, { at: 'Other', x: 'default', in: 'from default' }],
  ])('on %j goes where the first matching rule leads, with its Assign and Output', async (input, expected) => {
    const { output } = await choose(
      { Choices: CHOICES, Default: 'Other', Assign: { x: 'default' }, Output: 'from default' },
      input,
    );

    expect(output).toEqual(expected);
  });

  test('without a match and a default fails with States.NoChoiceMatched', async () => {
    const { error, cause, types } = await choose(
      { Choices: [...CHOICES, { Condition: false, Next: 'Other' }] },
      { n: 0 },
    );

    expect(error).toBe('States.NoChoiceMatched');
    expect(cause).toContain("executing the state 'Choose' (entered at the event id #4)");
    expect(types.slice(-2)).toEqual(['ChoiceStateEntered', 'ExecutionFailed']);
  });

  test('whose condition is not a boolean fails with States.QueryEvaluationError', async () => {
    const { error, cause } = await choose(
      { Choices: [{ Condition: '{% $states.input.n %}', Next: 'A' }, CHOICES[1]], Default: 'Other' },
      { n: 1 },
    );

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(
      "The JSONata expression '$states.input.n' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });
});
