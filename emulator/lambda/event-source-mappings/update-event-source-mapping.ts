import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { describeMapping } from './describe-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import { createSettingMembers, parseMappingChanges } from './mapping-input.ts';

/** Another function for a mapping is not modelled, and so `FunctionName` is refused. */
export function updateEventSourceMapping(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'UpdateEventSourceMapping',
    input: z.strictObject({ UUID: z.string().min(1), ...createSettingMembers(z.int(), z.boolean()) }),
    needs: ({ UUID }) => [{ action: 'lambda:UpdateEventSourceMapping', resource: mappings.computeArn(UUID) }],
    async handle({ UUID, ...members }) {
      const changes = parseMappingChanges(members);
      const { props, wanted } = mappings.find(UUID);
      await mappings.assertPossible({ ...props, ...wanted, ...changes });
      return describeMapping(mappings, mappings.update(UUID, changes));
    },
  });
}
