// Rule: a resource's policy is about the principals that it names; an account passes what it is allowed on to its roles by their
//   own policies.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { describe, expect, test } from 'vitest';
import { isDenied, mayInvoke, ROLE, ROLE_ARN, RULE } from '../../../emulator/iam/create-test-policies.fixture.ts';

const SESSION_ARN = 'arn:aws:sts::000000000000:assumed-role/worker/consume';

describe('a principal', () => {
  test.each([
    ['*', true, true],
    [{ AWS: '*' }, true, true],
    [{ AWS: ROLE_ARN }, true, false],
    [{ AWS: [`${ROLE_ARN}-2`, ROLE_ARN] }, true, false],
    [{ AWS: `${ROLE_ARN}-2` }, false, false],
    [{ AWS: SESSION_ARN }, true, false],
    [{ AWS: `${SESSION_ARN}-2` }, false, false],
    [{ Service: 'events.amazonaws.com' }, false, true],
    [{ Service: ['sns.amazonaws.com'] }, false, false],
    [{ AWS: '000000000000' }, false, false],
  ])('of %j in an allowance is the role: %s; the rule: %s', (Principal, ofRole, ofRule) => {
    expect([mayInvoke({ Principal }, ROLE), mayInvoke({ Principal }, RULE)]).toEqual([ofRole, ofRule]);
  });

  test.each([
    ['*', true],
    [{ AWS: '000000000000' }, true],
    [{ AWS: 'arn:aws:iam::000000000000:root' }, true],
    [{ AWS: 'arn:aws:iam::111111111111:root' }, false],
    [{ Service: 'events.amazonaws.com' }, false],
  ])('of %j in a denial is the role: %s', (Principal, expected) => {
    expect(isDenied({ Principal }, ROLE)).toBe(expected);
  });
});
