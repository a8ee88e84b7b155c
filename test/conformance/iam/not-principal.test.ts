// Rule: a denial with NotPrincipal is about everybody who is not named; a role's session is exempt only when its account, its
//   role and the session are named.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html

import { expect, test } from 'vitest';
import { isDenied, mayInvoke, ROLE, ROLE_ARN, RULE } from '../../../emulator/iam/create-test-policies.fixture.ts';

const SESSION_ARN = 'arn:aws:sts::000000000000:assumed-role/worker/consume';
const ROOT_ARN = 'arn:aws:iam::000000000000:root';

test.each([
  [{ AWS: [ROOT_ARN, ROLE_ARN, SESSION_ARN] }, false, true],
  [{ AWS: ['000000000000', ROLE_ARN, SESSION_ARN] }, false, true],
  [{ AWS: [ROLE_ARN, SESSION_ARN] }, true, true],
  [{ AWS: [ROOT_ARN, ROLE_ARN] }, true, true],
  [{ AWS: [ROOT_ARN] }, true, true],
  [{ Service: 'events.amazonaws.com' }, true, false],
  ['*', false, false],
])('a denial for all but %j is about the role: %s; about the rule: %s', (NotPrincipal, ofRole, ofRule) => {
  expect([isDenied({ NotPrincipal }, ROLE), isDenied({ NotPrincipal }, RULE)]).toEqual([ofRole, ofRule]);
});

test('an allowance with NotPrincipal is refused by name', () => {
  expect(() => mayInvoke({ NotPrincipal: { AWS: ROLE_ARN } }, RULE)).toThrow(
    'NotPrincipal with the effect Allow is not modelled by the emulator',
  );
});
