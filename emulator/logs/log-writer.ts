// How a service writes to a log stream of the account without a call for each line: what the calls would need is checked once.

import type { Principal } from '../kernel/access.ts';
import type { World } from '../kernel/world.ts';
import type { LogMessage } from './log-event.ts';
import type { LogStore } from './log-store.ts';

export interface LogWriter {
  /** `timeMs`: when it happened, epoch milliseconds. */
  write(timeMs: number, message: LogMessage): void;
}

export interface LogTarget {
  readonly writer: Principal;
  readonly groupName: string;
  readonly streamName: string;
}

/** Makes the stream, and the group where there is none. Undefined when the writer may not. */
export function openLogStream(
  { gateway, clock }: World,
  store: LogStore,
  { writer, groupName, streamName }: LogTarget,
): LogWriter | undefined {
  const may = (operation: string, stream = '') =>
    store.computeNeed(operation, groupName, stream).every((need) => gateway.allows(writer, need));
  if (!store.has(groupName)) {
    if (!may('CreateLogGroup')) return undefined;
    store.createGroup(groupName);
  }
  if (!may('CreateLogStream') || !may('PutLogEvents', streamName)) return undefined;
  const group = store.findGroup(groupName);
  const stream = group.createStream(streamName, clock.now());
  return {
    write(timeMs, message) {
      if (!group.isDeleted) group.append(stream, timeMs, clock.now(), message);
    },
  };
}
