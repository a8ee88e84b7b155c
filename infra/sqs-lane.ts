// SQS: a standard queue, and a consumer behind an event source mapping whose batch size and window the trials set.

import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LaneProps } from './lane.ts';
import { NodeFunction } from './node-function.ts';

const CONSUMER_TIMEOUT_SECONDS = 60;
/** The longest batching window that a trial may set. */
const WINDOW_SECONDS_MAX = 300;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
const POLL_ACTIONS = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

export class SqsLane extends Construct {
  /** Messages per invocation outside of trials: AWS's own default. */
  static readonly batchSize = 10;

  readonly queue: Queue;
  readonly consumer: NodeFunction;
  readonly eventSourceMappingId: string;

  constructor(scope: Construct, id: string, props: LaneProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the function's timeout, plus the window: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * CONSUMER_TIMEOUT_SECONDS + WINDOW_SECONDS_MAX),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'No dead letter queue by design: what does not arrive is counted and reported as lost, whichever service lost it.',
    });
    this.consumer = new NodeFunction(this, 'ConsumeSqs', {
      folder: 'consume',
      description: 'Transforms messages from SQS and stores them',
      timeoutSeconds: CONSUMER_TIMEOUT_SECONDS,
      environment: { BUCKET_NAME: props.bucket.bucketName },
    });
    props.bucket.grantPutObjects(this.consumer, 'arrivals/');
    // SqsEventSource would also grant what only other consumers need: GetQueueUrl and ChangeMessageVisibility.
    const polling = Grant.addToPrincipal({
      grantee: this.consumer,
      actions: POLL_ACTIONS,
      resourceArns: [this.queue.queueArn],
    });
    const source = this.consumer.addEventSourceMapping('EventSource', {
      eventSourceArn: this.queue.queueArn,
      batchSize: SqsLane.batchSize,
      reportBatchItemFailures: true,
    });
    // Lambda refuses a mapping whose function may not poll.
    polling.applyBefore(source);
    this.eventSourceMappingId = source.eventSourceMappingId;
  }
}
