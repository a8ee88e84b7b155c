// Rule: a parameter has the value given at deployment, or else its default, within what the template allows.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html

import { describe, expect, test } from 'vitest';
import { createTestStacks } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const stored = (Parameters: object) => ({
  Parameters,
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Size' } } } },
  Outputs: { Size: { Value: { Ref: 'Size' }, Description: 'as given' } },
});
const give = (ParameterValue: string, ParameterKey = 'Size') => ({ Parameters: [{ ParameterKey, ParameterValue }] });

describe('a parameter', () => {
  test.each([
    ['its default', {}, 'small'],
    ['the value that is given', give('large'), 'large'],
  ])('has %s', async (_claim, input, expected) => {
    const { create, pass, describe: describeStack } = createTestStacks();

    await create(stored({ Size: { Type: 'String', Default: 'small' } }), input);
    await pass();

    const stack = await describeStack();
    expect(stack?.Outputs).toEqual([{ OutputKey: 'Size', OutputValue: expected, Description: 'as given' }]);
    expect(stack?.Parameters).toEqual([{ ParameterKey: 'Size', ParameterValue: expected }]);
  });

  test('of a type of the Parameter Store is looked up there', async () => {
    const { create, pass, describe: describeStack } = createTestStacks();
    const Size = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' };

    await create(stored({ Size }));
    await pass();

    expect((await describeStack())?.Parameters?.[0]).toMatchObject({
      ParameterValue: Size.Default,
      ResolvedValue: '33',
    });
  });

  test('that is not to be shown is stars', async () => {
    const { create, describe: describeStack } = createTestStacks();

    await create(stored({ Size: { Type: 'String', NoEcho: true } }), give('secret'));

    expect((await describeStack())?.Parameters).toEqual([{ ParameterKey: 'Size', ParameterValue: '****' }]);
  });

  test.each([
    ['without a value', { Type: 'String' }, {}, 'Parameters: [Size] must have values'],
    [
      'that the template lacks',
      { Type: 'String', Default: 'a' },
      give('b', 'Colour'),
      '[Colour] do not exist in the template',
    ],
    [
      'out of its values',
      { Type: 'String', AllowedValues: ['a'] },
      give('b'),
      "Parameter 'Size' must be one of AllowedValues",
    ],
    [
      'out of its pattern',
      { Type: 'String', AllowedPattern: '[a-z]' },
      give('B'),
      "Parameter 'Size' must match pattern [a-z]",
    ],
    ['that is no number', { Type: 'Number' }, give('many'), "Parameter 'Size' must be a number."],
    [
      'of the Parameter Store that is not there',
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/none' },
      {},
      'Unable to fetch parameters [/none] from parameter store for this account.',
    ],
  ])('%s is refused', async (_claim, Size, input, message) => {
    const { create } = createTestStacks();

    await expect(create(stored({ Size }), input)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});
