// What operations that give out temporary credentials share.

import { z } from 'zod';
import type { SessionCredentials } from '../iam/access-keys.ts';
import { AwsError } from '../kernel/errors.ts';

export const HOUR_SECONDS = 3600;

/** Text, as the Query protocol has it, or a number. */
export const durationSeconds = z.coerce.number().int();

/** @throws {AwsError} `ValidationError`. */
export function assertDuration(seconds: number, secondsMin: number, secondsMax: number): void {
  if (seconds >= secondsMin && seconds <= secondsMax) return;
  const bound = seconds < secondsMin ? `greater than or equal to ${secondsMin}` : `less than or equal to ${secondsMax}`;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

export function describeCredentials(credentials: SessionCredentials, expirationMs: number) {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: `${new Date(expirationMs).toISOString().slice(0, 19)}Z`,
  };
}
