import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { describeMapping } from './describe-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';

export function deleteEventSourceMapping(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'DeleteEventSourceMapping',
    input: z.strictObject({ UUID: z.string().min(1) }),
    needs: ({ UUID }) => [{ action: 'lambda:DeleteEventSourceMapping', resource: mappings.computeArn(UUID) }],
    handle: ({ UUID }) => describeMapping(mappings, mappings.delete(UUID)),
  });
}
