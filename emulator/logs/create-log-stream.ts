import { z } from 'zod';
import type { Operation } from '../kernel/operation.ts';
import type { LogStore } from './log-store.ts';
import { defineLogsOperation, groupNameSchema, streamNameSchema } from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export function createLogStream(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'CreateLogStream',
    input: z.strictObject({ logGroupName: groupNameSchema, logStreamName: streamNameSchema }),
    needs: ({ logGroupName }) => store.computeNeed('CreateLogStream', logGroupName),
    handle({ logGroupName, logStreamName }) {
      store.findGroup(logGroupName).createStream(logStreamName, store.now());
      return {};
    },
  });
}
