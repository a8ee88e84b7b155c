// Rule: an intrinsic function stands for what it gives, and one that cannot be resolved is an error that names it.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html

import { describe, expect, test } from 'vitest';
import { TemplateError } from '../../../emulator/cloudformation/errors.ts';
import { resolveValue } from '../../../emulator/cloudformation/resolve-value.ts';
import { StackScope } from '../../../emulator/cloudformation/stack-scope.ts';
import { parseTemplate } from '../../../emulator/cloudformation/template.ts';

const IDENTITY = {
  stackName: 'tiny',
  stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/tiny/id',
  region: 'us-east-1',
  accountId: '000000000000',
};

function prepareScope(): StackScope {
  const template = parseTemplate('tiny', {
    Mappings: { Sizes: { small: { MBs: 512, Zones: ['a', 'b'] } } },
    Conditions: {
      Yes: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
      Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
      Numbers: { 'Fn::Equals': [1, '1'] },
      Chicken: { 'Fn::Not': [{ Condition: 'Egg' }] },
      Egg: { 'Fn::Not': [{ Condition: 'Chicken' }] },
      Strange: { 'Fn::Cidr': [] },
    },
    Resources: { Queue: { Type: 'AWS::SQS::Queue' }, Unmade: { Type: 'AWS::SQS::Queue', Condition: 'No' } },
  });
  const scope = new StackScope(template, IDENTITY, new Map<string, unknown>([['Stage', 'prod']]));
  scope.addResource('Queue', { reference: 'https://queue', attributes: { Arn: 'arn:queue', 'Nested.Name': 'n' } });
  return scope;
}

describe('resolveValue', () => {
  test.each([
    ['text', 'text'],
    [7, 7],
    [null, null],
    [{ Ref: 'Queue' }, 'https://queue'],
    [{ Ref: 'Stage' }, 'prod'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::StackName' }, 'tiny'],
    [{ Ref: 'AWS::NotificationARNs' }, []],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
    [{ 'Fn::GetAtt': 'Queue.Nested.Name' }, 'n'],
    [{ 'Fn::Sub': `\${AWS::Partition}/\${Queue}/\${Queue.Arn}/\${!Kept}` }, `aws/https://queue/arn:queue/\${Kept}`],
    [{ 'Fn::Sub': [`\${A} \${Stage}`, { A: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] }, 'arn:queue prod'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 3]] }, 'a-prod-3'],
    [{ 'Fn::Join': [',', { 'Fn::FindInMap': ['Sizes', 'small', 'Zones'] }] }, 'a,b'],
    [{ 'Fn::Join': ['', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'ab'],
    [{ 'Fn::Split': [':', 'a:b:c'] }, ['a', 'b', 'c']],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': 'Queue.Arn' }] }] }, 'queue'],
    [{ 'Fn::If': ['Yes', 'then', { Ref: 'Nobody' }] }, 'then'],
    [{ 'Fn::If': ['No', 'then', 'else'] }, 'else'],
    [{ 'Fn::If': ['Both', 1, 2] }, 2],
    [{ 'Fn::If': ['Either', 1, 2] }, 1],
    [{ 'Fn::If': ['Numbers', 1, 2] }, 1],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'MBs'] }, 512],
    [{ 'Fn::Base64': { Ref: 'Stage' } }, 'cHJvZA=='],
    [
      { a: [{ Ref: 'AWS::NoValue' }, 1], b: { Ref: 'AWS::NoValue' }, c: { d: { Ref: 'Stage' } } },
      { a: [1], c: { d: 'prod' } },
    ],
    [{ Condition: { StringEquals: {} } }, { Condition: { StringEquals: {} } }],
  ])('makes of %j: %j', (value, expected) => {
    expect(resolveValue(value, prepareScope())).toEqual(expected);
  });

  test.each([
    [{ Ref: 'Nobody' }, 'Nobody is not in the template'],
    [{ Ref: 'Unmade' }, 'Unmade was not created, since its condition is false'],
    [{ 'Fn::GetAtt': ['Queue', 'Url'] }, 'Queue has no attribute Url; the emulator knows: Arn, Nested.Name'],
    [{ 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select cannot select index 2 of 2 values'],
    [{ 'Fn::FindInMap': ['Sizes', 'large', 'MBs'] }, 'Mappings has no Sizes.large.MBs'],
    [{ 'Fn::If': ['Maybe', 1, 2] }, 'Conditions has no Maybe'],
    [{ 'Fn::If': ['Chicken', 1, 2] }, 'circular dependency between conditions: [Chicken, Egg]'],
    [{ 'Fn::Join': ['-', 'text'] }, 'Fn::Join does not take "text"'],
    [{ 'Fn::Join': ['-', [{ a: 1 }]] }, 'Fn::Join does not take {"a":1}'],
    [{ Ref: 'Queue', Other: 1 }, 'Ref must be alone in its object, got Ref, Other'],
  ])('refuses %j: %s', (value, message) => {
    expect(() => resolveValue(value, prepareScope())).toThrow(new TemplateError(message));
  });

  test.each([
    [{ 'Fn::GetAZs': '' }, 'intrinsic function Fn::GetAZs is not modelled'],
    [{ 'Fn::If': ['Strange', 1, 2] }, 'intrinsic function Fn::Cidr is not modelled'],
  ])('refuses by name a function that is not modelled: %j', (value, message) => {
    expect(() => resolveValue(value, prepareScope())).toThrow(message);
  });
});
