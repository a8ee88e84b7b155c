// Data Firehose: Direct PUT streams to S3 with a transform function.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { DeliveryStream } from './delivery-stream.ts';
import { describeDeliveryStream } from './describe-delivery-stream.ts';
import { putRecord } from './put-record.ts';
import { putRecordBatch } from './put-record-batch.ts';
import type { DestinationUpdate } from './settings.ts';
import { updateDestination } from './update-destination.ts';

export interface FirehoseState {
  /** @throws {AwsError} `ResourceNotFoundException`. */
  findStream(name: string): DeliveryStream;
  computeArn(name: string): string;
}

export interface FirehoseService {
  readonly service: Service;
  /**
   * @throws {AwsError} `InvalidArgumentException`, `ResourceInUseException`.
   * @throws {UnsupportedFeatureError} for a prefix expression that is not modelled.
   */
  createDeliveryStream(props: { name: string; destination: DestinationUpdate }): { deliveryStreamArn: string };
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
  };
  return {
    service: {
      name: 'firehose',
      operations: [putRecord(state), putRecordBatch(state), describeDeliveryStream(state), updateDestination(state)],
    },
    createDeliveryStream({ name, destination }) {
      const arn = state.computeArn(name);
      if (streams.has(name)) {
        throw new AwsError(
          'ResourceInUseException',
          `Firehose ${name} under account ${world.accountId} already exists.`,
        );
      }
      streams.set(name, new DeliveryStream(world, { name, arn, destination }));
      return { deliveryStreamArn: arn };
    },
    billedBytesOf: (name) => state.findStream(name).billedBytes,
  };
}
