// CloudWatch Logs: groups, streams, and what was written to them.

import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { createLogGroup } from './create-log-group.ts';
import { createLogStream } from './create-log-stream.ts';
import { deleteLogGroup } from './delete-log-group.ts';
import { describeLogGroups } from './describe-log-groups.ts';
import { describeLogStreams } from './describe-log-streams.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import { LogStore } from './log-store.ts';
import { putLogEvents } from './put-log-events.ts';
import { putRetentionPolicy } from './put-retention-policy.ts';

export interface LogsService {
  readonly service: Service;
  readonly store: LogStore;
}

export function createLogsService(world: World): LogsService {
  const store = new LogStore(world);
  return {
    store,
    service: {
      name: 'logs',
      operations: [
        createLogGroup(store),
        createLogStream(store),
        deleteLogGroup(store),
        describeLogGroups(store),
        describeLogStreams(store),
        filterLogEvents(store),
        getLogEvents(store),
        putLogEvents(store),
        putRetentionPolicy(store),
      ],
    },
  };
}
