import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import type { LogStore } from './log-store.ts';
import { defineLogsOperation, groupNameSchema } from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function putRetentionPolicy(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'PutRetentionPolicy',
    input: z.strictObject({ logGroupName: groupNameSchema, retentionInDays: z.int() }),
    needs: ({ logGroupName }) => store.computeNeed('PutRetentionPolicy', logGroupName),
    handle({ logGroupName, retentionInDays }) {
      assertRetention(retentionInDays);
      store.findGroup(logGroupName).retentionDays = retentionInDays;
      return {};
    },
  });
}

/** @throws {AwsError} `InvalidParameterException`. */
export function assertRetention(retentionDays: number): void {
  if (RETENTION_DAYS.includes(retentionDays)) return;
  throw new AwsError(
    'InvalidParameterException',
    `1 validation error detected: Value '${retentionDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
  );
}
