import { z } from 'zod';
import { NoSuchRoleError } from '../iam/policy-store.ts';
import { computeRoleId, computeSessionArn } from '../iam/role-identifiers.ts';
import type { Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { StsParts } from './create-sts-service.ts';
import { assertDuration, describeCredentials, durationSeconds, HOUR_SECONDS } from './session.ts';

const DURATION_SECONDS_MIN = 900;
const DURATION_SECONDS_MAX = 12 * HOUR_SECONDS;

type RoleSession = Extract<Principal, { kind: 'role' }>;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function assumeRole(parts: StsParts): Operation {
  return defineOperation({
    name: 'AssumeRole',
    input: z.strictObject({
      RoleArn: z.string().min(20).max(2048),
      RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
      DurationSeconds: durationSeconds.default(HOUR_SECONDS),
      ExternalId: z.string().min(2).max(1224).optional(),
    }),
    // Both the role's trust policy and the caller's own decide, see below.
    needs: () => [],
    handle({ RoleArn, RoleSessionName, DurationSeconds, ExternalId }, { caller }) {
      if (caller.kind !== 'role') {
        throw new AwsError('AccessDenied', 'Roles may not be assumed by root accounts.', { status: 403 });
      }
      assertDuration(DurationSeconds, DURATION_SECONDS_MIN, DURATION_SECONDS_MAX);
      assertMayAssume(parts, caller, RoleArn, ExternalId);
      if (DurationSeconds > HOUR_SECONDS) {
        throw new AwsError(
          'ValidationError',
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
        );
      }
      const credentials = parts.accessKeys.issueSession({ roleArn: RoleArn, sessionName: RoleSessionName });
      return {
        Credentials: describeCredentials(credentials, parts.clock.now() + DurationSeconds * 1000),
        AssumedRoleUser: {
          AssumedRoleId: `${computeRoleId(RoleArn)}:${RoleSessionName}`,
          Arn: computeSessionArn({ roleArn: RoleArn, sessionName: RoleSessionName }),
        },
      };
    },
  });
}

/** A role that is not there is refused in the same words as one that does not trust the caller. */
function assertMayAssume(
  { policies, access }: StsParts,
  caller: RoleSession,
  roleArn: string,
  externalId: string | undefined,
): void {
  const keys: Record<string, string> = externalId === undefined ? {} : { 'sts:externalid': externalId };
  const decision = decide(policies, caller, roleArn, keys);
  if (decision === 'delegate') access.authorize(caller, { action: 'sts:AssumeRole', resource: roleArn });
  if (decision === 'allow' || decision === 'delegate') return;
  const session = computeSessionArn(caller);
  throw new AwsError(
    'AccessDenied',
    `User: ${session} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    { status: 403 },
  );
}

function decide(
  policies: StsParts['policies'],
  caller: RoleSession,
  roleArn: string,
  keys: Readonly<Record<string, string>>,
): ReturnType<StsParts['policies']['decideTrust']> {
  try {
    return policies.decideTrust(roleArn, caller, keys);
  } catch (error) {
    if (error instanceof NoSuchRoleError) return 'nothing';
    throw error;
  }
}
