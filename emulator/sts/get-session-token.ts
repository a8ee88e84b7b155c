import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { StsParts } from './create-sts-service.ts';
import { assertDuration, describeCredentials, durationSeconds, HOUR_SECONDS } from './session.ts';

const DURATION_SECONDS_MIN = 900;
const DURATION_SECONDS_MAX = 36 * HOUR_SECONDS;

export function getSessionToken({ accessKeys, clock }: StsParts): Operation {
  return defineOperation({
    name: 'GetSessionToken',
    // "Sessions for Amazon Web Services account owners are restricted to a maximum of 3,600 seconds (one hour)."
    input: z.strictObject({ DurationSeconds: durationSeconds.default(HOUR_SECONDS) }),
    needs: () => [],
    handle({ DurationSeconds }, { caller }) {
      if (caller.kind !== 'root') {
        throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', { status: 403 });
      }
      assertDuration(DurationSeconds, DURATION_SECONDS_MIN, DURATION_SECONDS_MAX);
      const expirationMs = clock.now() + Math.min(DurationSeconds, HOUR_SECONDS) * 1000;
      return { Credentials: describeCredentials(accessKeys.issueRootSession(), expirationMs) };
    },
  });
}
