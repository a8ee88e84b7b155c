// EventBridge: several messages packed in one event's detail.

import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_CHUNK_BYTES } from '../../model/cost/billing-units.ts';
import { findFailed, type Publisher } from './publisher.ts';

/** What the bus's rule matches. */
const SOURCE = 'showdown';
const DETAIL_TYPE = 'showdown.messages';
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
      entryBytes.reduce((sum, bytes) => sum + Math.ceil((bytes + ENVELOPE_BYTES) / EVENT_CHUNK_BYTES), 0),
  };
}
