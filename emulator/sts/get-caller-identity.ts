import { z } from 'zod';
import { computeRoleId, computeSessionArn } from '../iam/role-identifiers.ts';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';

export function getCallerIdentity(accountId: string): Operation {
  return defineOperation({
    name: 'GetCallerIdentity',
    input: z.strictObject({}),
    // "No permissions are required to perform this operation."
    needs: () => [],
    handle(_input, { caller }) {
      switch (caller.kind) {
        case 'root':
          return { Account: accountId, UserId: accountId, Arn: `arn:aws:iam::${accountId}:root` };
        case 'role':
          return {
            Account: accountId,
            UserId: `${computeRoleId(caller.roleArn)}:${caller.sessionName}`,
            Arn: computeSessionArn(caller),
          };
        case 'service':
          throw new AwsError('AccessDenied', `${caller.service} has no identity in the account`, { status: 403 });
      }
    },
  });
}
