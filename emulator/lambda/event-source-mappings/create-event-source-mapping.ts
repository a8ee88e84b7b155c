import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { describeMapping } from './describe-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import { createSettingMembers, parseMappingProps, sourceMembers } from './mapping-input.ts';

export function createEventSourceMapping(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'CreateEventSourceMapping',
    input: z.strictObject({
      ...sourceMembers,
      ...createSettingMembers(z.int(), z.boolean()),
      /** Epoch seconds. */
      StartingPositionTimestamp: z.number().optional(),
    }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
    needs: () => [{ action: 'lambda:CreateEventSourceMapping', resource: '*' }],
    async handle(input) {
      const props = parseMappingProps(input);
      await mappings.assertPossible(props);
      return describeMapping(mappings, mappings.beginCreating(props));
    },
  });
}
