// Rule: what a condition leaves out is not made; mappings are looked up; a rule that does not hold refuses the stack.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html

import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const Size = { Type: 'String', Default: 'small' };
const given = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Size', ParameterValue }] });

describe('a template', () => {
  test.each([
    ['small', ['First']],
    ['large', ['First', 'Second']],
  ])('with Size %s has the resources %j', async (size, expected) => {
    const { create, pass, listSteps } = createTestStacks();
    const template = {
      Parameters: { Size },
      Conditions: { IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] } },
      Resources: { First: QUEUE, Second: { ...QUEUE, Condition: 'IsLarge' } },
    };

    await create(template, given(size));
    await pass();

    const made = (await listSteps()).filter((step) => /^(First|Second) CREATE_COMPLETE/.test(step));
    expect(made.map((step) => step.split(' ')[0]).sort()).toEqual(expected);
  });

  test('looks values up in its mappings', async () => {
    const { create, pass, describe: describeStack } = createTestStacks();

    await create({
      Mappings: { Places: { 'us-east-1': { City: 'Virginia' } } },
      Resources: { First: QUEUE },
      Outputs: { City: { Value: { 'Fn::FindInMap': ['Places', { Ref: 'AWS::Region' }, 'City'] } } },
    });
    await pass();

    expect((await describeStack())?.Outputs).toEqual([{ OutputKey: 'City', OutputValue: 'Virginia' }]);
  });

  test('is refused when one of its rules does not hold', async () => {
    const { create } = createTestStacks();
    const Rules = {
      OnlySmall: {
        Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] }, AssertDescription: 'it must be small' }],
      },
    };

    await expect(create({ Parameters: { Size }, Rules, Resources: { First: QUEUE } }, given('large'))).rejects.toThrow(
      'it must be small',
    );
  });
});
