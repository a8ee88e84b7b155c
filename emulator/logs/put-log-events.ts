import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import { EVENT_OVERHEAD_BYTES } from './event-page.ts';
import type { LogStore } from './log-store.ts';
import { defineLogsOperation, groupNameSchema, streamNameSchema, timestampSchema } from './parameters.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const EVENTS_MAX = 10_000;
const BATCH_BYTES_MAX = 1_048_576;
const HOUR_MS = 3_600_000;
const BATCH_SPAN_MS_MAX = 24 * HOUR_MS;
const AHEAD_MS_MAX = 2 * HOUR_MS;
const AGE_MS_MAX = 14 * 24 * HOUR_MS;

interface InputEvent {
  readonly timestamp: number;
  readonly message: string;
}

export function putLogEvents(store: LogStore): Operation {
  return defineLogsOperation({
    name: 'PutLogEvents',
    input: z.strictObject({
      logGroupName: groupNameSchema,
      logStreamName: streamNameSchema,
      logEvents: z
        .array(z.strictObject({ timestamp: timestampSchema, message: z.string().min(1) }))
        .min(1)
        .max(EVENTS_MAX),
      /** "The sequence token is now ignored." */
      sequenceToken: z.string().optional(),
    }),
    needs: ({ logGroupName, logStreamName }) => store.computeNeed('PutLogEvents', logGroupName, logStreamName),
    handle({ logGroupName, logStreamName, logEvents }) {
      const group = store.findGroup(logGroupName);
      const stream = group.findStream(logStreamName);
      assertBatch(logEvents);
      const nowMs = store.now();
      const retentionMs = (group.retentionDays ?? Number.POSITIVE_INFINITY) * 24 * HOUR_MS;
      const tooOld = logEvents.filter(({ timestamp }) => timestamp < nowMs - AGE_MS_MAX).length;
      const expired = logEvents.filter(({ timestamp }) => timestamp < nowMs - retentionMs).length;
      const tooNew = logEvents.findIndex(({ timestamp }) => timestamp > nowMs + AHEAD_MS_MAX);
      const accepted = logEvents.slice(Math.max(tooOld, expired), tooNew < 0 ? logEvents.length : tooNew);
      for (const { timestamp, message } of accepted) group.append(stream, timestamp, nowMs, message);
      const rejected = {
        ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
        ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
        ...(expired > 0 && { expiredLogEventEndIndex: expired }),
      };
      return { ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }) };
    },
  });
}

/** @throws {AwsError} `InvalidParameterException`. */
function assertBatch(events: readonly InputEvent[]): void {
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES, 0);
  if (bytes > BATCH_BYTES_MAX) {
    throw new AwsError(
      'InvalidParameterException',
      `Upload too large: ${bytes} bytes exceeds limit of ${BATCH_BYTES_MAX}`,
    );
  }
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw new AwsError(
      'InvalidParameterException',
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
  }
  if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > BATCH_SPAN_MS_MAX) {
    throw new AwsError(
      'InvalidParameterException',
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
}
