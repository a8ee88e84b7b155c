import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { streamReference } from './stream-reference.ts';

/** The stream is gone at once, with its records; on AWS it is DELETING for some seconds. */
export function deleteStream(state: KinesisState): Operation {
  return defineOperation({
    name: 'DeleteStream',
    input: z.strictObject({
      ...streamReference,
      /** Changes nothing: no stream has registered consumers. */
      EnforceConsumerDeletion: z.boolean().optional(),
    }),
    needs: (input) => [{ action: 'kinesis:DeleteStream', resource: state.computeArn(input) }],
    handle(input) {
      state.deleteStream(state.findStream(input));
    },
  });
}
