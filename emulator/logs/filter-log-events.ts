import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import { PAGE_EVENTS_MAX, takePage } from './event-page.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import { comparePositions, parseEventId, renderEventId } from './log-event.ts';
import type { LogStore } from './log-store.ts';
import {
  chooseGroup,
  defineLogsOperation,
  groupIdentifierSchema,
  groupNameSchema,
  refuseToken,
  refuseUnmask,
  streamNameSchema,
  timestampSchema,
} from './parameters.ts';

const STREAM_NAMES_MAX = 100;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export function filterLogEvents(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'FilterLogEvents',
    input: z.strictObject({
      logGroupName: groupNameSchema.optional(),
      logGroupIdentifier: groupIdentifierSchema.optional(),
      logStreamNames: z.array(streamNameSchema).min(1).max(STREAM_NAMES_MAX).optional(),
      logStreamNamePrefix: streamNameSchema.optional(),
      startTime: timestampSchema.default(0),
      /** Events after it are left out. */
      endTime: timestampSchema.default(Number.MAX_SAFE_INTEGER - 1),
      filterPattern: z.string().max(1024).default(''),
      limit: z.int().min(1).max(PAGE_EVENTS_MAX).default(PAGE_EVENTS_MAX),
      nextToken: z.string().min(1).optional(),
      /** "the value is ignored": always true. */
      interleaved: z.boolean().optional(),
      unmask: z.boolean().optional(),
    }),
    needs: (input) => store.computeNeed('FilterLogEvents', chooseGroup(input)),
    handle(input) {
      const { logStreamNames, logStreamNamePrefix, startTime, endTime, filterPattern, limit, nextToken } = input;
      refuseUnmask('logs.FilterLogEvents', input.unmask);
      if (logStreamNames && logStreamNamePrefix !== undefined) {
        throw new AwsError(
          'InvalidParameterException',
          'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.',
        );
      }
      const group = store.findGroup(chooseGroup(input));
      for (const name of logStreamNames ?? []) group.findStream(name);
      const isWanted = compileFilterPattern(filterPattern);
      const after = nextToken === undefined ? undefined : parseToken(nextToken);
      const events = group
        .read(
          {
            startMs: startTime,
            endMs: endTime + 1,
            isStreamWanted: (name) =>
              (logStreamNames?.includes(name) ?? true) && name.startsWith(logStreamNamePrefix ?? ''),
          },
          store.now(),
        )
        .filter((event) => !after || comparePositions(event, after) > 0);
      const page = takePage(events, limit, isWanted);
      const last = page.at(-1)?.event;
      // One more than fits tells whether there is more.
      const rest = last ? events.slice(events.indexOf(last) + 1) : [];
      const hasMore = last !== undefined && takePage(rest, 1, isWanted).length > 0;
      return {
        events: page.map(({ event, message }) => ({
          logStreamName: event.stream,
          timestamp: event.timestampMs,
          message,
          ingestionTime: event.ingestionMs,
          eventId: renderEventId(event),
        })),
        // "this parameter is deprecated": an empty list.
        searchedLogStreams: [],
        ...(hasMore && { nextToken: Buffer.from(renderEventId(last)).toString('base64') }),
      };
    },
  });
}

/** @throws {AwsError} `InvalidParameterException`. */
function parseToken(token: string) {
  const position = parseEventId(Buffer.from(token, 'base64').toString());
  if (!position) throw refuseToken();
  return position;
}
