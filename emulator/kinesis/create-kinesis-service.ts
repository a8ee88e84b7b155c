// Kinesis Data Streams: provisioned shards, shared-throughput reads.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { describeStream } from './describe-stream.ts';
import { describeStreamSummary } from './describe-stream-summary.ts';
import { getRecords } from './get-records.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { listShards } from './list-shards.ts';
import { putRecord } from './put-record.ts';
import { putRecords } from './put-records.ts';
import { Stream, type StreamProps } from './stream.ts';
import type { StreamReference } from './stream-reference.ts';

export interface KinesisState {
  /** @throws {AwsError} `ResourceNotFoundException`. */
  findStream(reference: StreamReference): Stream;
  computeArn(reference: StreamReference): string;
  readonly accountId: string;
  nowMs(): number;
  /** A metric of the stream's. */
  count(stream: Stream, metricName: string, value: number): void;
}

export interface KinesisService {
  readonly service: Service;
  /** @throws {AwsError} `InvalidArgumentException`, `ResourceInUseException`. */
  createStream(props: StreamProps): { streamArn: string };
}

export function createKinesisService(world: World): KinesisService {
  const streams = new Map<string, Stream>();
  const computeArn = ({ StreamName, StreamARN }: StreamReference) =>
    StreamARN ?? `arn:aws:kinesis:${world.region}:${world.accountId}:stream/${StreamName}`;
  const state: KinesisState = {
    computeArn,
    findStream(reference) {
      const arn = computeArn(reference);
      const stream = streams.get(arn);
      if (stream) return stream;
      const name = arn.split('/').at(-1);
      throw new AwsError('ResourceNotFoundException', `Stream ${name} under account ${world.accountId} not found.`);
    },
    accountId: world.accountId,
    nowMs: () => world.clock.now(),
    count(stream, metricName, value) {
      world.metrics.record({
        namespace: 'AWS/Kinesis',
        metricName,
        dimensions: { StreamName: stream.props.name },
        value,
        timeMs: world.clock.now(),
      });
    },
  };
  return {
    service: {
      name: 'kinesis',
      operations: [
        putRecord(state),
        putRecords(state),
        getShardIterator(state),
        getRecords(state),
        listShards(state),
        describeStream(state),
        describeStreamSummary(state),
      ],
    },
    createStream(props) {
      assertProps(props);
      const arn = computeArn({ StreamName: props.name });
      if (streams.has(arn)) {
        throw new AwsError(
          'ResourceInUseException',
          `Stream ${props.name} under account ${world.accountId} already exists.`,
        );
      }
      streams.set(arn, new Stream({ props, arn, clock: world.clock }));
      return { streamArn: arn };
    },
  };
}

function assertProps({ name, shardCount }: StreamProps): void {
  if (!/^[\w.-]{1,128}$/.test(name)) {
    throw new AwsError(
      'InvalidArgumentException',
      `a stream's name must be 1 to 128 of A-Z a-z 0-9 . - _, got ${name}`,
    );
  }
  if (!Number.isInteger(shardCount) || shardCount < 1) {
    throw new AwsError('InvalidArgumentException', `${name} must have at least one shard, got ${shardCount}`);
  }
}
