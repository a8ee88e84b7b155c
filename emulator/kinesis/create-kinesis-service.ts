// Kinesis Data Streams: provisioned shards, shared-throughput reads.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { createStream } from './create-stream.ts';
import { deleteStream } from './delete-stream.ts';
import { describeStream } from './describe-stream.ts';
import { describeStreamSummary } from './describe-stream-summary.ts';
import { getRecords } from './get-records.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { listShards } from './list-shards.ts';
import { listStreams } from './list-streams.ts';
import { putRecord } from './put-record.ts';
import { putRecords } from './put-records.ts';
import { RECORD_KIB, RETENTION_HOURS, Stream, type StreamProps } from './stream.ts';
import type { StreamReference } from './stream-reference.ts';

export interface KinesisState {
  /** @throws {AwsError} `ResourceNotFoundException`. */
  findStream(reference: StreamReference): Stream;
  computeArn(reference: StreamReference): string;
  /** In order of their names. */
  listStreams(): readonly Stream[];
  /** @throws {AwsError} `InvalidArgumentException`, `LimitExceededException`, `ResourceInUseException`. */
  createStream(props: StreamProps): Stream;
  deleteStream(stream: Stream): void;
  readonly accountId: string;
  nowMs(): number;
  /** A metric of the stream's. */
  count(stream: Stream, metricName: string, value: number): void;
}

export interface KinesisService {
  readonly service: Service;
  /** @throws {AwsError} `InvalidArgumentException`, `LimitExceededException`, `ResourceInUseException`. */
  createStream(props: StreamProps): { streamArn: string };
  /** One that is not there is deleted already. */
  deleteStream(name: string): void;
}

/** Of the largest Regions, and of the others: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const SHARDS_MAX = { 'us-east-1': 20_000, 'us-west-2': 20_000, 'eu-west-1': 20_000 };
const SHARDS_MAX_ELSEWHERE = 1000;

export function createKinesisService(world: World): KinesisService {
  const streams = new Map<string, Stream>();
  const computeArn = ({ StreamName, StreamARN }: StreamReference) =>
    StreamARN ?? `arn:aws:kinesis:${world.region}:${world.accountId}:stream/${StreamName}`;
  const assertShardLimit = (added: number) => {
    const limit = new Map(Object.entries(SHARDS_MAX)).get(world.region) ?? SHARDS_MAX_ELSEWHERE;
    const current = [...streams.values()].reduce((sum, { shards }) => sum + shards.length, 0);
    if (current + added <= limit) return;
    throw new AwsError(
      'LimitExceededException',
      `This request would exceed the shard limit for the account ${world.accountId} in ${world.region}. Current shard count for the account: ${current}. Limit: ${limit}. Number of additional shards that would have resulted from this request: ${added}.`,
    );
  };
  const state: KinesisState = {
    computeArn,
    findStream(reference) {
      const arn = computeArn(reference);
      const stream = streams.get(arn);
      if (stream) return stream;
      const name = arn.split('/').at(-1);
      throw new AwsError('ResourceNotFoundException', `Stream ${name} under account ${world.accountId} not found.`);
    },
    listStreams: () => [...streams.values()].sort((a, b) => (a.props.name < b.props.name ? -1 : 1)),
    createStream(props) {
      assertProps(props);
      const { name, shardCount } = props;
      const arn = computeArn({ StreamName: name });
      if (streams.has(arn)) {
        throw new AwsError('ResourceInUseException', `Stream ${name} under account ${world.accountId} already exists.`);
      }
      assertShardLimit(shardCount);
      const stream = new Stream({ props, arn, clock: world.clock });
      streams.set(arn, stream);
      return stream;
    },
    deleteStream: ({ arn }) => void streams.delete(arn),
    accountId: world.accountId,
    nowMs: () => world.clock.now(),
    count(stream, metricName, value) {
      world.metrics.record({
        namespace: 'AWS/Kinesis',
        metricName,
        dimensions: stream.dimensions,
        value,
        unit: findUnit(metricName),
        timeMs: world.clock.now(),
      });
    },
  };
  return {
    service: {
      name: 'kinesis',
      operations: [
        createStream(state),
        deleteStream(state),
        listStreams(state),
        putRecord(state),
        putRecords(state),
        getShardIterator(state),
        getRecords(state),
        listShards(state),
        describeStream(state),
        describeStreamSummary(state),
      ],
    },
    createStream: (props) => ({ streamArn: state.createStream(props).arn }),
    deleteStream: (name) => void streams.delete(computeArn({ StreamName: name })),
  };
}

function findUnit(metricName: string): string {
  if (metricName.endsWith('Milliseconds')) return 'Milliseconds';
  return metricName.endsWith('Bytes') ? 'Bytes' : 'Count';
}

function assertProps({ name, shardCount, recordKibMax, retentionHours }: StreamProps): void {
  if (!/^[\w.-]{1,128}$/.test(name)) {
    throw new AwsError(
      'InvalidArgumentException',
      `a stream's name must be 1 to 128 of A-Z a-z 0-9 . - _, got ${name}`,
    );
  }
  if (!Number.isInteger(shardCount) || shardCount < 1) {
    throw new AwsError('InvalidArgumentException', `${name} must have at least one shard, got ${shardCount}`);
  }
  for (const [what, value, { min, max }] of [
    ['MaxRecordSizeInKiB', recordKibMax, RECORD_KIB],
    ['RetentionPeriodHours', retentionHours, RETENTION_HOURS],
  ] as const) {
    if (value === undefined || (value >= min && value <= max)) continue;
    throw new AwsError('InvalidArgumentException', `${what} must be ${min} to ${max}, got ${value}`);
  }
}
