import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import type { LogStream } from './log-group.ts';
import type { LogStore } from './log-store.ts';
import { computeNamePage, PAGE_LENGTH_MAX } from './name-page.ts';
import {
  chooseGroup,
  defineLogsOperation,
  groupIdentifierSchema,
  groupNameSchema,
  streamNameSchema,
} from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export function describeLogStreams(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'DescribeLogStreams',
    input: z.strictObject({
      logGroupName: groupNameSchema.optional(),
      logGroupIdentifier: groupIdentifierSchema.optional(),
      logStreamNamePrefix: streamNameSchema.optional(),
      orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
      descending: z.boolean().default(false),
      limit: z.int().min(1).max(PAGE_LENGTH_MAX).optional(),
      nextToken: z.string().min(1).optional(),
    }),
    needs: (input) => store.computeNeed('DescribeLogStreams', chooseGroup(input)),
    handle(input) {
      const { logStreamNamePrefix, orderBy, descending, limit, nextToken } = input;
      if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
        throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const group = store.findGroup(chooseGroup(input));
      const wanted = group.streams
        .filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''))
        .sort(orderBy === 'LastEventTime' ? compareLastEvents : compareNames);
      const { items, ...token } = computeNamePage(descending ? wanted.reverse() : wanted, nextToken, limit);
      const groupArn = store.computeArn(group.name);
      return { logStreams: items.map((stream) => describeStream(groupArn, stream)), ...token };
    },
  });
}

function describeStream(groupArn: string, stream: LogStream): object {
  const { name, createdMs, firstEventMs, lastEventMs, lastIngestionMs } = stream;
  return {
    logStreamName: name,
    creationTime: createdMs,
    ...(firstEventMs !== undefined && { firstEventTimestamp: firstEventMs }),
    ...(lastEventMs !== undefined && { lastEventTimestamp: lastEventMs }),
    ...(lastIngestionMs !== undefined && { lastIngestionTime: lastIngestionMs }),
    arn: `${groupArn}:log-stream:${name}`,
    // "always set to zero": AWS stopped counting by stream in 2019.
    storedBytes: 0,
  };
}

function compareNames(a: LogStream, b: LogStream): number {
  return a.name < b.name ? -1 : 1;
}

function compareLastEvents(a: LogStream, b: LogStream): number {
  return (a.lastEventMs ?? 0) - (b.lastEventMs ?? 0) || compareNames(a, b);
}
