// Kinesis Data Streams: one provisioned shard, and a consumer behind an event source mapping whose batch size and window
// the trials set.

import { RemovalPolicy } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LaneProps } from './lane.ts';
import { NodeFunction } from './node-function.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html */
const POLL_ACTIONS = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];

export class KinesisLane extends Construct {
  /** Records per invocation outside of trials: AWS's own default. */
  static readonly batchSize = 100;

  readonly stream: Stream;
  readonly consumer: NodeFunction;
  readonly eventSourceMappingId: string;

  constructor(scope: Construct, id: string, props: LaneProps) {
    super(scope, id);
    this.stream = new Stream(this, 'Stream', {
      streamMode: StreamMode.PROVISIONED,
      shardCount: 1,
      encryption: StreamEncryption.MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.consumer = new NodeFunction(this, 'ConsumeKinesis', {
      folder: 'consume',
      description: 'Transforms records from Kinesis Data Streams and stores them',
      timeoutSeconds: 60,
      environment: { BUCKET_NAME: props.bucket.bucketName },
    });
    props.bucket.grantPutObjects(this.consumer, 'arrivals/');
    const { streamArn } = this.stream;
    // KinesisEventSource would also grant three actions on a stream that no stream is the resource of, so that they grant
    // nothing: ListStreams, DescribeStreamConsumer and SubscribeToShard.
    const polling = Grant.addToPrincipal({ grantee: this.consumer, actions: POLL_ACTIONS, resourceArns: [streamArn] });
    const source = this.consumer.addEventSourceMapping('EventSource', {
      eventSourceArn: streamArn,
      // LATEST can miss records while polling starts: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: KinesisLane.batchSize,
      reportBatchItemFailures: true,
      // Without a bound, a record that cannot be stored blocks its shard, for this run and the next ones. What is given up
      // counts as lost.
      retryAttempts: 10,
    });
    // Lambda refuses a mapping whose function may not poll.
    polling.applyBefore(source);
    this.eventSourceMappingId = source.eventSourceMappingId;
  }
}
