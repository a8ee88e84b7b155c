import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import type { LogStore } from './log-store.ts';
import { defineLogsOperation, groupNameSchema } from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export function createLogGroup(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'CreateLogGroup',
    input: z.strictObject({
      logGroupName: groupNameSchema,
      logGroupClass: z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']).default('STANDARD'),
      /** They change nothing but bills. */
      tags: z.record(z.string(), z.string()).optional(),
    }),
    needs: ({ logGroupName }) => store.computeNeed('CreateLogGroup', logGroupName),
    handle({ logGroupName, logGroupClass }) {
      if (logGroupClass !== 'STANDARD') {
        throw new UnsupportedFeatureError('logs.CreateLogGroup', `logGroupClass ${logGroupClass}`);
      }
      store.createGroup(logGroupName);
      return {};
    },
  });
}
