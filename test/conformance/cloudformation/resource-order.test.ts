// Rule: a resource is made after all that it refers to or names in DependsOn; a circle is refused.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html

import { describe, expect, test } from 'vitest';
import { CircularDependencyError } from '../../../emulator/cloudformation/errors.ts';
import { findDependencies, sortByDependencies } from '../../../emulator/cloudformation/order-resources.ts';
import { parseTemplate } from '../../../emulator/cloudformation/template.ts';

function order(resources: Record<string, object>, left: readonly string[] = []): string[] {
  const template = parseTemplate('tiny', {
    Resources: Object.fromEntries(
      Object.entries(resources).map(([logicalId, resource]) => [logicalId, { Type: 'Test::Thing', ...resource }]),
    ),
  });
  const all = Object.entries(template.Resources);
  const wanted = new Map(all.filter(([logicalId]) => !left.includes(logicalId)));
  return sortByDependencies(findDependencies(wanted, new Set(Object.keys(template.Resources))));
}

describe('the order of resources', () => {
  test('keeps the order of the template where nothing depends on anything', () => {
    expect(order({ B: {}, A: {}, C: {} })).toEqual(['B', 'A', 'C']);
  });

  test.each([
    ['DependsOn', { DependsOn: 'Z' }],
    ['a list in DependsOn', { DependsOn: ['Z'] }],
    ['Ref', { Properties: { a: [{ b: { Ref: 'Z' } }] } }],
    ['Fn::GetAtt', { Properties: { a: { 'Fn::GetAtt': ['Z', 'Arn'] } } }],
    ['Fn::GetAtt as text', { Properties: { a: { 'Fn::GetAtt': 'Z.Arn' } } }],
    ['Fn::Sub', { Properties: { a: { 'Fn::Sub': `x-\${Z}` } } }],
    ['an attribute in Fn::Sub', { Properties: { a: { 'Fn::Sub': `x-\${Z.Arn}` } } }],
    ["Fn::Sub's variables", { Properties: { a: { 'Fn::Sub': [`\${V}`, { V: { Ref: 'Z' } }] } } }],
    [
      'a function within functions',
      { Properties: { a: { 'Fn::Join': ['', ['x', { 'Fn::If': ['C', { Ref: 'Z' }, ''] }]] } } },
    ],
  ])('puts a resource after the one that it names by %s', (_, resource) => {
    expect(order({ A: resource, Z: {} })).toEqual(['Z', 'A']);
  });

  test('takes an escaped placeholder and a variable of Fn::Sub for no resource', () => {
    expect(order({ A: { Properties: { a: { 'Fn::Sub': [`\${!Z} \${Z}`, { Z: '' }] } } }, Z: {} })).toEqual(['A', 'Z']);
  });

  test('orders chains', () => {
    expect(order({ A: { DependsOn: 'B' }, B: { DependsOn: ['C', 'D'] }, C: { DependsOn: 'D' }, D: {} })).toEqual([
      'D',
      'C',
      'B',
      'A',
    ]);
  });

  test('waits for no resource whose condition is false', () => {
    expect(order({ A: { DependsOn: 'Z' }, Z: {} }, ['Z'])).toEqual(['A']);
  });

  test('names a circle, without the resources that only lead to it', () => {
    const resources = { A: { DependsOn: 'B' }, B: { DependsOn: 'C' }, C: { Properties: { a: { Ref: 'B' } } } };

    expect(() => order(resources)).toThrow(new CircularDependencyError(['B', 'C']));
    expect(() => order(resources)).toThrow('Circular dependency between resources: [B, C]');
  });

  test('refuses a DependsOn that is not in the template', () => {
    expect(() => order({ A: { DependsOn: 'Z' } })).toThrow('A depends on Z, which is not in the template');
  });
});
