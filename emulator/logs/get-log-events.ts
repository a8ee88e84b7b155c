import { z } from 'zod';
import type { Operation } from '../kernel/operation.ts';
import { PAGE_EVENTS_MAX, takePage } from './event-page.ts';
import { comparePositions, type LogEvent, type Position, parseEventId, renderEventId } from './log-event.ts';
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

interface Cursor {
  /** Forwards: events after it. Backwards: events before it. */
  readonly direction: 'f' | 'b';
  readonly position: Position;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export function getLogEvents(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'GetLogEvents',
    input: z.strictObject({
      logGroupName: groupNameSchema.optional(),
      logGroupIdentifier: groupIdentifierSchema.optional(),
      logStreamName: streamNameSchema,
      startTime: timestampSchema.default(0),
      /** Events at it are left out. */
      endTime: timestampSchema.default(Number.MAX_SAFE_INTEGER),
      limit: z.int().min(1).max(PAGE_EVENTS_MAX).default(PAGE_EVENTS_MAX),
      nextToken: z.string().min(1).optional(),
      startFromHead: z.boolean().default(false),
      unmask: z.boolean().optional(),
    }),
    needs: (input) => store.computeNeed('GetLogEvents', chooseGroup(input), input.logStreamName),
    handle(input) {
      const { logStreamName, startTime, endTime, limit, nextToken, startFromHead } = input;
      refuseUnmask('logs.GetLogEvents', input.unmask);
      const group = store.findGroup(chooseGroup(input));
      const { name } = group.findStream(logStreamName);
      const filter = { startMs: startTime, endMs: endTime, isStreamWanted: (stream: string) => stream === name };
      const events = group.read(filter, store.now());
      const cursor = nextToken === undefined ? undefined : parseToken(nextToken);
      const isForwards = cursor ? cursor.direction === 'f' : startFromHead;
      const page = isForwards
        ? takePage(
            events.filter((event) => isBeyond(event, cursor)),
            limit,
          )
        : takePage(events.filter((event) => isBeyond(event, cursor)).reverse(), limit).reverse();
      const start = cursor?.position ?? { timestampMs: Math.floor(group.createdMs), sequence: 0 };
      return {
        events: page.map(({ event, message }) => ({
          timestamp: event.timestampMs,
          message,
          ingestionTime: event.ingestionMs,
        })),
        // "If you have reached the end of the stream, it returns the same token you passed in."
        nextForwardToken: renderToken({ direction: 'f', position: page.at(-1)?.event ?? start }),
        nextBackwardToken: renderToken({ direction: 'b', position: page[0]?.event ?? start }),
      };
    },
  });
}

function isBeyond(event: LogEvent, cursor: Cursor | undefined): boolean {
  if (!cursor) return true;
  const order = comparePositions(event, cursor.position);
  return cursor.direction === 'f' ? order > 0 : order < 0;
}

function renderToken({ direction, position }: Cursor): string {
  return `${direction}/${renderEventId(position)}/s`;
}

/** @throws {AwsError} `InvalidParameterException`. */
function parseToken(token: string): Cursor {
  const [, direction, eventId = ''] = /^([fb])\/(\d+)\/s$/.exec(token) ?? [];
  const position = parseEventId(eventId);
  if (!position || !direction) throw refuseToken();
  return { direction: direction === 'f' ? 'f' : 'b', position };
}
