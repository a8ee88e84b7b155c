// EventBridge: several messages packed in one event's detail.

import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { findFailed, type Publisher } from './publisher.ts';

/** What the bus's rule matches. */
const SOURCE = 'showdown';
const DETAIL_TYPE = 'showdown.messages';
/** https://aws.amazon.com/eventbridge/pricing/: each 64 KB chunk is an event. */
const CHUNK_BYTES = 64 * 1024;
const ENVELOPE_BYTES = SOURCE.length + DETAIL_TYPE.length;

export function createPublishEventbridge(client: EventBridgeClient, busName: string): Publisher {
  return {
    callBytesMax: 1_000_000,
    async publish(entries) {
      const { Entries = [] } = await client.send(
        new PutEventsCommand({
          Entries: entries.map(({ text }) => ({
            EventBusName: busName,
            Source: SOURCE,
            DetailType: DETAIL_TYPE,
            Detail: text,
          })),
        }),
      );
      return findFailed(Entries, ({ ErrorCode }) => ErrorCode !== undefined);
    },
    computeBilledUnits: (entryBytes) =>
      entryBytes.reduce((sum, bytes) => sum + Math.ceil((bytes + ENVELOPE_BYTES) / CHUNK_BYTES), 0),
  };
}
