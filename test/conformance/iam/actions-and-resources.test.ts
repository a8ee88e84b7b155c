// Rule: a statement is about the actions and resources that it names, or about all but those; * and ? are wildcards, and
//   actions are of any case.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

import { describe, expect, test } from 'vitest';
import { mayByIdentity, PUT } from '../../../emulator/iam/create-test-policies.fixture.ts';

describe('a statement', () => {
  test.each([
    ['names the action and resource', { Action: 's3:PutObject', Resource: PUT.resource }, true],
    ['has a list with them', { Action: ['sqs:*', 's3:Put*'], Resource: ['x', 'arn:aws:s3:::bucket/*'] }, true],
    ['writes the action in another case', { Action: 'S3:putOBJECT', Resource: '*' }, true],
    ['writes the resource in another case', { Action: '*', Resource: 'arn:aws:s3:::Bucket/*' }, false],
    ['has a ? for a character', { Action: 's3:?utObject', Resource: 'arn:aws:s3:::bucket/?/?' }, true],
    ['has a ? for none', { Action: 's3:PutObject?', Resource: '*' }, false],
    ['is about another action', { Action: 's3:GetObject', Resource: '*' }, false],
    ['is about another resource', { Action: '*', Resource: 'arn:aws:s3:::bucket' }, false],
    ['excludes the action', { NotAction: 's3:*', Resource: '*' }, false],
    ['excludes other actions', { NotAction: ['iam:*', 'sqs:*'], Resource: '*' }, true],
    ['excludes the resource', { Action: '*', NotResource: ['arn:aws:s3:::bucket/*'] }, false],
    ['excludes other resources', { Action: '*', NotResource: 'arn:aws:s3:::other/*' }, true],
  ])('that %s and is %j allows the call: %s', (_, elements, expected) => {
    expect(mayByIdentity(elements)).toBe(expected);
  });

  test.each([
    ['*', true],
    ['arn:aws:cloudwatch:*', false],
  ])('with the resource %s allows an action that takes none: %s', (Resource, expected) => {
    const need = { action: 'cloudwatch:GetMetricData', resource: '*' };

    expect(mayByIdentity({ Action: need.action, Resource }, need)).toBe(expected);
  });
});
