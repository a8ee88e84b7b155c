import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import type { LogGroup } from './log-group.ts';
import type { LogStore } from './log-store.ts';
import { computeNamePage, PAGE_LENGTH_MAX } from './name-page.ts';
import { defineLogsOperation, groupNameSchema } from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export function describeLogGroups(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'DescribeLogGroups',
    input: z.strictObject({
      logGroupNamePrefix: groupNameSchema.optional(),
      /** Part of a name, in any case. */
      logGroupNamePattern: z.string().max(512).optional(),
      limit: z.int().min(1).max(PAGE_LENGTH_MAX).optional(),
      nextToken: z.string().min(1).optional(),
    }),
    needs: () => store.computeNeed('DescribeLogGroups', ''),
    handle({ logGroupNamePrefix, logGroupNamePattern, limit, nextToken }) {
      if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
        throw new AwsError(
          'InvalidParameterException',
          'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
        );
      }
      const part = logGroupNamePattern?.toLowerCase() ?? '';
      const wanted = store.groups
        .filter(({ name }) => name.startsWith(logGroupNamePrefix ?? ''))
        .filter(({ name }) => name.toLowerCase().includes(part));
      const { items, ...token } = computeNamePage(wanted, nextToken, limit);
      return { logGroups: items.map((group) => describeGroup(store, group)), ...token };
    },
  });
}

function describeGroup(store: LogStore, group: LogGroup): object {
  const arn = store.computeArn(group.name);
  return {
    logGroupName: group.name,
    creationTime: group.createdMs,
    ...(group.retentionDays !== undefined && { retentionInDays: group.retentionDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: group.storedBytes,
    logGroupClass: 'STANDARD',
  };
}
