// An execution's events, as GetExecutionHistory gives them.
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html

import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import { StateError } from './execution/state-error.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const HISTORY_EVENTS_MAX = 25_000;

/** Such as `stateEnteredEventDetails`. */
export type DetailsMember = Extract<keyof HistoryEvent, `${string}EventDetails`>;

export type EventDetails = Readonly<Record<string, unknown>>;

export interface RecordedEvent {
  readonly id: number;
  readonly timestampMs: number;
  readonly type: HistoryEventType;
  readonly previousEventId: number;
  readonly member: DetailsMember | undefined;
  readonly details: EventDetails | undefined;
}

/** Nothing is ever cut out of the emulator's events. */
export const NOT_TRUNCATED = { truncated: false } as const;

/** Members that `includeExecutionData: false` leaves out. */
const EXECUTION_DATA = ['input', 'inputDetails', 'output', 'outputDetails'];

export class History {
  readonly #events: RecordedEvent[] = [];

  get length(): number {
    return this.#events.length;
  }

  /**
   * Appends an event and gives its id.
   * @throws {StateError} `States.Runtime` when only the place for the event that ends the execution is left.
   */
  append(event: Omit<RecordedEvent, 'id'>): number {
    if (this.#events.length >= HISTORY_EVENTS_MAX - 1) {
      throw new StateError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${HISTORY_EVENTS_MAX}).`,
      );
    }
    return this.#push(event);
  }

  /** Appends the event that ends the execution. */
  close(event: Omit<RecordedEvent, 'id'>): number {
    return this.#push(event);
  }

  /** `fromIndex` counts in the order asked for. */
  list(options: { fromIndex: number; count: number; reverseOrder: boolean }): readonly RecordedEvent[] {
    const events = options.reverseOrder ? this.#events.toReversed() : this.#events;
    return events.slice(options.fromIndex, options.fromIndex + options.count);
  }

  #push(event: Omit<RecordedEvent, 'id'>): number {
    const id = this.#events.length + 1;
    this.#events.push({ id, ...event });
    return id;
  }
}

/** The event in wire form. */
export function renderEvent(event: RecordedEvent, includeExecutionData: boolean): Record<string, unknown> {
  const { id, timestampMs, type, previousEventId, member, details } = event;
  const shared = { timestamp: timestampMs / 1000, type, id, previousEventId };
  if (!member || !details) return shared;
  const shown = includeExecutionData
    ? details
    : Object.fromEntries(Object.entries(details).filter(([name]) => !EXECUTION_DATA.includes(name)));
  return { ...shared, [member]: shown };
}
