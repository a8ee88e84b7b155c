// Polling goes on by itself; whoever runs the clock is told when it fails.

import type { World } from '../../kernel/world.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

/**
 * Resolves at the end of the work. What is under way when its mapping is deleted may find the source, the function or its role
 * gone: that is an end as well.
 */
export function spawnPolling(world: World, mapping: EventSourceMapping, work: () => Promise<void>): Promise<void> {
  const ended = Promise.withResolvers<void>();
  world.clock.spawn(async () => {
    try {
      await work();
    } catch (error) {
      if (mapping.state !== 'Deleting') throw error;
    }
    ended.resolve();
  });
  return ended.promise;
}
