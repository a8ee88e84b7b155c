import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const ENTRIES_MAX = 10;
const REQUEST_BYTES_MAX = 1024 * 1024;
const TIME_BYTES = 14;

const entrySchema = z.strictObject({
  EventBusName: z.string().default('default'),
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  /** Epoch seconds. */
  Time: z.number().optional(),
});

type Entry = z.output<typeof entrySchema>;

export function putEvents(world: World, state: EventbridgeState): Operation {
  const random = world.random('eventbridge/event-ids');
  return defineOperation({
    name: 'PutEvents',
    input: z.strictObject({ Entries: z.array(entrySchema).min(1).max(ENTRIES_MAX) }),
    needs: ({ Entries }) => [
      ...new Map(
        Entries.map(({ EventBusName }) => [
          EventBusName,
          { action: 'events:PutEvents', resource: state.buses.computeBusArn(EventBusName) },
        ]),
      ).values(),
    ],
    handle({ Entries: entries }) {
      state.record('PutEventsApproximateCallCount', 1);
      const bytes = entries.reduce((sum, entry) => sum + computeEntryBytes(entry), 0);
      if (bytes >= REQUEST_BYTES_MAX) {
        state.record('PutEventsApproximateFailedCount', 1);
        throw new AwsError(
          'ValidationException',
          `Total size of the entries in the request is over the limit of ${REQUEST_BYTES_MAX} bytes.`,
        );
      }
      const Entries = entries.map((entry) => {
        const problem = findProblem(entry);
        if (problem) return problem;
        const id = random.uuid();
        const timeMs = entry.Time === undefined ? world.clock.now() : entry.Time * 1000;
        state.publish(entry.EventBusName, {
          version: '0',
          id,
          'detail-type': entry.DetailType ?? '',
          source: entry.Source ?? '',
          account: world.accountId,
          time: `${new Date(timeMs).toISOString().slice(0, 19)}Z`,
          region: world.region,
          resources: entry.Resources,
          detail: JSON.parse(entry.Detail ?? '{}'),
        });
        return { EventId: id };
      });
      const FailedEntryCount = Entries.filter((entry) => 'ErrorCode' in entry).length;
      state.record('PutEventsApproximateSuccessCount', 1);
      state.record('PutEventsEntriesCount', entries.length);
      state.record('PutEventsFailedEntriesCount', FailedEntryCount);
      state.record('PutEventsRequestSize', bytes);
      return { Entries, FailedEntryCount };
    },
  });
}

function computeEntryBytes(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...entry.Resources];
  const bytes = texts.reduce<number>((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (entry.Time === undefined ? 0 : TIME_BYTES);
}

/** Why an entry fails alone: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
function findProblem({ Source, DetailType, Detail }: Entry): { ErrorCode: string; ErrorMessage: string } | undefined {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => !value);
  if (missing) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing[0]} is not valid. Reason: ${missing[0]} is a required argument.`,
    };
  }
  // Reserved for AWS's own services.
  if (Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return isJsonObject(Detail ?? '')
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
