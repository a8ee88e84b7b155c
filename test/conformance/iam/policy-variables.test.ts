// Rule: a variable stands for the request's value of a condition key; without a value and a default it matches nothing, and
//   before version 2012-10-17 it is text as any other.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

import { describe, expect, test } from 'vitest';
import { createTestPolicies, mayByIdentity, ROLE } from '../../../emulator/iam/create-test-policies.fixture.ts';

const putTo = (key: string) => ({ action: 's3:PutObject', resource: `arn:aws:s3:::bucket/${key}` });
const mayPut = (pattern: string, key: string) =>
  mayByIdentity({ Action: '*', Resource: `arn:aws:s3:::bucket/${pattern}` }, putTo(key));

describe('a variable in a resource', () => {
  test.each([
    [`\${aws:PrincipalAccount}/*`, '000000000000/x', true],
    [`\${aws:PrincipalAccount}/*`, '111111111111/x', false],
    [`\${AWS:PRINCIPALTAG/TEAM}/x`, 'blue/x', true],
    [`\${aws:username}/x`, '/x', false],
    [`\${aws:username, 'nobody'}/x`, 'nobody/x', true],
    [`\${aws:PrincipalTag/Team, 'red'}/x`, 'blue/x', true],
    [`\${*}/x`, '*/x', true],
    [`\${*}/x`, 'y/x', false],
    [`\${?}/x`, '?/x', true],
    [`\${?}/x`, 'y/x', false],
    [`\${$}{x}`, `\${x}`, true],
  ])('%s matches %s: %s', (pattern, key, expected) => {
    expect(mayPut(pattern, key)).toBe(expected);
  });

  test("takes a default's wildcards for what they are", () => {
    expect([mayPut(`\${aws:username, '*'}`, '*'), mayPut(`\${aws:username, '*'}`, 'x')]).toEqual([true, false]);
  });
});

describe('a variable in a condition', () => {
  const mayBy = (operator: string, key: string, value: string) =>
    mayByIdentity({ Action: '*', Resource: '*', Condition: { [operator]: { [key]: value } } });

  test.each([
    ['StringEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`, true],
    ['StringEquals', 'aws:ResourceAccount', `\${aws:RequestedRegion}`, false],
    ['StringEquals', 'aws:ResourceAccount', `\${aws:username}`, false],
    ['StringLike', 'aws:PrincipalArn', `arn:aws:iam::\${aws:PrincipalAccount}:role/*`, true],
    ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::\${aws:PrincipalAccount}:role/*`, true],
    ['ArnLike', 'aws:PrincipalArn', `\${aws:PrincipalArn}`, true],
  ])('%s of %s with %s: %s', (operator, key, value, expected) => {
    expect(mayBy(operator, key, value)).toBe(expected);
  });
});

test.each(['2008-10-17', undefined])('with version %s means itself', (Version) => {
  const Resource = `arn:aws:s3:::bucket/\${aws:PrincipalAccount}`;
  const { may } = createTestPolicies({
    ...(Version && { Version }),
    Statement: { Effect: 'Allow', Action: '*', Resource },
  });

  expect([may(ROLE, putTo('000000000000')), may(ROLE, putTo(`\${aws:PrincipalAccount}`))]).toEqual([false, true]);
});

test.each([
  [{ Resource: `\${aws:SourceIp}` }, `policy variable \${aws:SourceIp}`],
  [{ Resource: `\${aws:PrincipalServiceNamesList}` }, `policy variable \${aws:PrincipalServiceNamesList}`],
  [{ NotResource: `\${aws:username}` }, 'a policy variable in NotResource'],
])('in %j is refused by name', (statement, feature) => {
  expect(() => mayByIdentity({ Action: '*', ...statement })).toThrow(`${feature}`);
});
