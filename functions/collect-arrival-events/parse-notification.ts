// What S3 writes into the queue: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

import * as z from 'zod/mini';
import type { ArrivalEvent } from '../../model/arrival-event.ts';

const notificationSchema = z.object({
  Records: z.array(
    z.object({
      /** ISO 8601 with milliseconds: when S3 had finished. */
      eventTime: z.iso.datetime(),
      s3: z.object({ object: z.object({ key: z.string() }) }),
    }),
  ),
});

/** Empty for what tells of no object, such as the test event that a new configuration makes. */
export function parseNotification(body: string): ArrivalEvent[] {
  const { success, data } = notificationSchema.safeParse(parseJson(body));
  if (!success) return [];
  return data.Records.map(({ eventTime, s3 }) => ({
    key: decodeKey(s3.object.key),
    arrivedAtMs: Date.parse(eventTime),
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Encoded as a form's. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
