import { z } from 'zod';
import type { Operation } from '../kernel/operation.ts';
import type { LogStore } from './log-store.ts';
import { defineLogsOperation, groupNameSchema } from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export function deleteLogGroup(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'DeleteLogGroup',
    input: z.strictObject({ logGroupName: groupNameSchema }),
    needs: ({ logGroupName }) => store.computeNeed('DeleteLogGroup', logGroupName),
    handle({ logGroupName }) {
      store.deleteGroup(logGroupName);
      return {};
    },
  });
}
