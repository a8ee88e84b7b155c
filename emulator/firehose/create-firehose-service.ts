// Data Firehose: Direct PUT streams to S3 with a transform function.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { createDeliveryStream } from './create-delivery-stream.ts';
import { deleteDeliveryStream } from './delete-delivery-stream.ts';
import { DeliveryStream } from './delivery-stream.ts';
import { describeDeliveryStream } from './describe-delivery-stream.ts';
import { listDeliveryStreams } from './list-delivery-streams.ts';
import { putRecord } from './put-record.ts';
import { putRecordBatch } from './put-record-batch.ts';
import type { DestinationUpdate } from './settings.ts';
import { updateDestination } from './update-destination.ts';

export interface FirehoseState {
  /** @throws {AwsError} `ResourceNotFoundException`. */
  findStream(name: string): DeliveryStream;
  computeArn(name: string): string;
  /** In order of their names. */
  listStreams(): readonly DeliveryStream[];
  /**
   * @throws {AwsError} `InvalidArgumentException`, `ResourceInUseException`.
   * @throws {UnsupportedFeatureError} for a prefix expression that is not modelled.
   */
  createStream(name: string, destination: DestinationUpdate): DeliveryStream;
  /** What it has not delivered is lost. */
  deleteStream(stream: DeliveryStream): void;
}

export interface FirehoseService {
  readonly service: Service;
  /**
   * @throws {AwsError} `InvalidArgumentException`, `ResourceInUseException`.
   * @throws {UnsupportedFeatureError} for a prefix expression that is not modelled.
   */
  createDeliveryStream(props: { name: string; destination: DestinationUpdate }): { deliveryStreamArn: string };
  /** What it has not delivered is lost. One that is not there is deleted already. */
  deleteDeliveryStream(name: string): void;
  /** Bytes billed so far, each record rounded up to 5,120. @throws {AwsError} `ResourceNotFoundException`. */
  billedBytesOf(name: string): number;
}

export function createFirehoseService(world: World): FirehoseService {
  const streams = new Map<string, DeliveryStream>();
  const state: FirehoseState = {
    computeArn: (name) => `arn:aws:firehose:${world.region}:${world.accountId}:deliverystream/${name}`,
    findStream(name) {
      const stream = streams.get(name);
      if (stream) return stream;
      throw new AwsError('ResourceNotFoundException', `Firehose ${name} under account ${world.accountId} not found.`);
    },
    listStreams: () => [...streams.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    createStream(name, destination) {
      if (streams.has(name)) {
        throw new AwsError(
          'ResourceInUseException',
          `Firehose ${name} under account ${world.accountId} already exists.`,
        );
      }
      const stream = new DeliveryStream(world, { name, arn: state.computeArn(name), destination });
      streams.set(name, stream);
      return stream;
    },
    deleteStream(stream) {
      stream.discard();
      streams.delete(stream.name);
    },
  };
  return {
    service: {
      name: 'firehose',
      operations: [
        createDeliveryStream(state),
        deleteDeliveryStream(state),
        describeDeliveryStream(state),
        listDeliveryStreams(state),
        putRecord(state),
        putRecordBatch(state),
        updateDestination(state),
      ],
    },
    createDeliveryStream: ({ name, destination }) => ({ deliveryStreamArn: state.createStream(name, destination).arn }),
    deleteDeliveryStream(name) {
      const stream = streams.get(name);
      if (stream) state.deleteStream(stream);
    },
    billedBytesOf: (name) => state.findStream(name).billedBytes,
  };
}
