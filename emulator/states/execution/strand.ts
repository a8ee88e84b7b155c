// One line of states that run one after the other: an execution's own, a Parallel branch's, a Map iteration's.

import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Principal } from '../../kernel/access.ts';
import type { Random } from '../../kernel/random.ts';
import type { World } from '../../kernel/world.ts';
import type { JsonValue } from '../expressions/json-value.ts';
import type { DetailsMember, EventDetails } from '../history.ts';
import type { MapRuns } from '../map-runs/map-runs.ts';
import type { StateMachine } from '../state-machine.ts';
import { type Cancellation, CancelledError } from './cancellation.ts';
import type { Execution } from './execution.ts';
import type { Variables } from './variables.ts';
import type { Visit } from './visit.ts';

/** What every state of one execution works with. */
export interface ExecutionRun {
  readonly world: World;
  readonly execution: Execution;
  readonly machine: StateMachine;
  readonly mapRuns: MapRuns;
  /** The state machine's role, under the execution's name. */
  readonly caller: Principal;
  /** For request ids, jitter and the names of children. */
  readonly random: Random;
}

/** The item that an iteration is about: `$states.context.Map.Item`. */
export interface MapItem {
  readonly index: number;
  readonly value: JsonValue;
  /** `STATE_DATA`, or the S3 URI that it was read from. */
  readonly source: string;
}

export class Strand {
  readonly run: ExecutionRun;
  readonly cancellation: Cancellation;
  readonly variables: Variables;
  readonly mapItem: MapItem | undefined;
  /** The event that the next one follows from. */
  lastEventId: number;
  /** The state that it is in. */
  visit: Visit | undefined;

  constructor(parts: {
    run: ExecutionRun;
    cancellation: Cancellation;
    variables: Variables;
    mapItem?: MapItem | undefined;
    lastEventId: number;
  }) {
    this.run = parts.run;
    this.cancellation = parts.cancellation;
    this.variables = parts.variables;
    this.mapItem = parts.mapItem;
    this.lastEventId = parts.lastEventId;
  }

  /** Milliseconds, as AWS keeps them. */
  get nowMs(): number {
    return Math.floor(this.run.world.clock.now());
  }

  /** Appends an event that follows from the last one, and makes it the last. */
  record(type: HistoryEventType, member?: DetailsMember, details?: EventDetails): number {
    this.lastEventId = this.recordAfter(this.lastEventId, type, member, details);
    return this.lastEventId;
  }

  /** Appends an event that follows from `previousEventId`; the last one stays what it was. */
  recordAfter(previousEventId: number, type: HistoryEventType, member?: DetailsMember, details?: EventDetails): number {
    const { execution } = this.run;
    if (execution.isTerminating && type.endsWith('StateEntered')) execution.abort({}, this.nowMs);
    if (!execution.isRunning) throw new CancelledError('the execution has ended');
    return execution.history.append({ timestampMs: this.nowMs, type, previousEventId, member, details });
  }
}
