// Kinesis Data Streams: provisioned shards, shared-throughput reads.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { describeStreamSummary } from './describe-stream-summary.ts';
import { getRecords } from './get-records.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { listShards } from './list-shards.ts';
import { putRecord } from './put-record.ts';
import { putRecords } from './put-records.ts';
import { Stream, type StreamProps } from './stream.ts';

/** Every operation takes a stream by name or by ARN. */
export const streamReference = { StreamName: z.string().optional(), StreamARN: z.string().optional() };

export interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

export interface KinesisState {
  /** @throws {AwsError} `ResourceNotFoundException`. */
  findStream(reference: StreamReference): Stream;
  computeArn(reference: StreamReference): string;
  nowMs(): number;
  count(stream: Stream, metricName: string, value: number): void;
}

export interface KinesisService {
  readonly service: Service;
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
        describeStreamSummary(state),
      ],
    },
    createStream(props) {
      const arn = computeArn({ StreamName: props.name });
      streams.set(arn, new Stream({ props, arn, clock: world.clock }));
      return { streamArn: arn };
    },
  };
}
