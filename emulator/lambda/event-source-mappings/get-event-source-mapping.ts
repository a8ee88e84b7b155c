import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { describeMapping } from './describe-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';

export function getEventSourceMapping(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'GetEventSourceMapping',
    input: z.strictObject({ UUID: z.string().min(1) }),
    needs: ({ UUID }) => [{ action: 'lambda:GetEventSourceMapping', resource: mappings.computeArn(UUID) }],
    handle: ({ UUID }) => describeMapping(mappings, mappings.find(UUID)),
  });
}
