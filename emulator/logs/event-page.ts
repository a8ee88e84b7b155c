// As many events as go into one answer.

import { type LogEvent, renderMessage } from './log-event.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const PAGE_EVENTS_MAX = 10_000;
const PAGE_BYTES_MAX = 1_048_576;
/** What each event counts besides its text. */
export const EVENT_OVERHEAD_BYTES = 26;

export interface RenderedEvent {
  readonly event: LogEvent;
  readonly message: string;
}

/** The first of `events` that `isWanted` and that fit, at least one; `limit` of them at most. */
export function takePage(
  events: readonly LogEvent[],
  limit: number,
  isWanted: (message: string) => boolean = () => true,
): RenderedEvent[] {
  const page: RenderedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const message = renderMessage(event);
    if (!isWanted(message)) continue;
    bytes += Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
    if (page.length === limit || (page.length > 0 && bytes > PAGE_BYTES_MAX)) return page;
    page.push({ event, message });
  }
  return page;
}
