// A queue, a stream and a function, and mappings between them that are as plain as can be.

import { createTestAccount } from '../../create-test-account.fixture.ts';
import type { MappingProps } from './mapping-settings.ts';

export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:queue';
export const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
export const ofQueue = {
  functionName: 'tested',
  eventSourceArn: QUEUE,
  batchSize: 10,
  windowSeconds: 0,
  reportBatchItemFailures: false,
};
export const ofStream = { ...ofQueue, eventSourceArn: STREAM, startingPosition: 'TRIM_HORIZON' } as const;

export function createAccount() {
  const account = createTestAccount();
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  account.services.kinesis.createStream({ name: 'stream', shardCount: 1 });
  account.createFunction('exports.handler = async () => {};');
  const { mappings } = account.services.lambda;
  return { ...account, create: (props: MappingProps) => mappings.create(props).uuid };
}

export const fault = (value: number, path: string, rule: string) =>
  `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: Member must have value ${rule}`;
