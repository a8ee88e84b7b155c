import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { RECORD_KIB } from './stream.ts';

/** The stream is ACTIVE at once; on AWS it is CREATING for some seconds. */
export function createStream(state: KinesisState): Operation {
  return defineOperation({
    name: 'CreateStream',
    input: z.strictObject({
      StreamName: z
        .string()
        .max(128)
        .regex(/^[\w.-]+$/),
      ShardCount: z.int().min(1),
      StreamModeDetails: z.strictObject({ StreamMode: z.literal('PROVISIONED') }).optional(),
      MaxRecordSizeInKiB: z.int().min(RECORD_KIB.min).max(RECORD_KIB.max).default(RECORD_KIB.byDefault),
    }),
    needs: (input) => [{ action: 'kinesis:CreateStream', resource: state.computeArn(input) }],
    handle({ StreamName, ShardCount, MaxRecordSizeInKiB }) {
      state.createStream({ name: StreamName, shardCount: ShardCount, recordKibMax: MaxRecordSizeInKiB });
    },
  });
}
