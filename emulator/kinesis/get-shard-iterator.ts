import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { renderIterator } from './iterator.ts';
import type { Shard } from './shard.ts';
import type { Stream } from './stream.ts';
import { streamReference } from './stream-reference.ts';

const inputSchema = z.strictObject({
  ...streamReference,
  ShardId: z.string().min(1),
  ShardIteratorType: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'AT_TIMESTAMP']),
  StartingSequenceNumber: z.string().optional(),
  /** Epoch seconds. */
  Timestamp: z.number().optional(),
});

type Input = z.output<typeof inputSchema>;

export function getShardIterator(state: KinesisState): Operation {
  return defineOperation({
    name: 'GetShardIterator',
    input: inputSchema,
    needs: (input) => [{ action: 'kinesis:GetShardIterator', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const shard = stream.findShard(input.ShardId);
      const position = findPosition(state, stream, shard, input);
      return {
        ShardIterator: renderIterator({ streamArn: stream.arn, shardId: shard.id, position, issuedMs: state.nowMs() }),
      };
    },
  });
}

/** Position of the first record that the iterator will give. @throws {AwsError} `InvalidArgumentException`. */
function findPosition(state: KinesisState, stream: Stream, shard: Shard, input: Input): number {
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return shard.log.startPosition;
    case 'LATEST':
      return shard.log.endPosition;
    case 'AT_TIMESTAMP': {
      const timestampMs = requireTimestampMs(state, input);
      return shard.log.findFirst(({ arrivedMs }) => arrivedMs >= timestampMs);
    }
    case 'AT_SEQUENCE_NUMBER': {
      const starting = requireSequenceNumber(state, stream, shard, input);
      return shard.log.findFirst(({ sequenceNumber }) => sequenceNumber >= starting);
    }
    case 'AFTER_SEQUENCE_NUMBER': {
      const starting = requireSequenceNumber(state, stream, shard, input);
      return shard.log.findFirst(({ sequenceNumber }) => sequenceNumber > starting);
    }
  }
}

function requireTimestampMs(state: KinesisState, { Timestamp }: Input): number {
  if (Timestamp === undefined) {
    throw new AwsError(
      'InvalidArgumentException',
      'Must specify Timestamp parameter for iterator of type AT_TIMESTAMP.',
    );
  }
  const timestampMs = Timestamp * 1000;
  if (timestampMs <= state.nowMs()) return timestampMs;
  throw new AwsError(
    'InvalidArgumentException',
    `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${timestampMs}, currentTimestampInMillis: ${Math.floor(state.nowMs())}`,
  );
}

function requireSequenceNumber(state: KinesisState, stream: Stream, shard: Shard, input: Input): string {
  const { StartingSequenceNumber, ShardIteratorType } = input;
  if (StartingSequenceNumber === undefined) {
    throw new AwsError(
      'InvalidArgumentException',
      `Must specify StartingSequenceNumber parameter for iterator of type ${ShardIteratorType}.`,
    );
  }
  if (stream.hasReached(StartingSequenceNumber)) return StartingSequenceNumber;
  throw new AwsError(
    'InvalidArgumentException',
    `StartingSequenceNumber ${StartingSequenceNumber} used in GetShardIterator on shard ${shard.id} in stream ${stream.props.name} under account ${state.accountId} is invalid because it did not come from this stream.`,
  );
}
