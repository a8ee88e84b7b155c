// The queue in which S3 tells of every arrival, to the millisecond. Nobody polls it but the collector at the end of a run.

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { KeyPrefix, ResultsBucket } from './results-bucket.ts';

/** The collector's: what it has received stays hidden until it is stored and deleted. */
const VISIBILITY_MINUTES = 15;
/** The longest there is: a run may last for days. */
const RETENTION_DAYS = 14;

export class ArrivalEventsQueue extends Queue {
  constructor(scope: Construct, id: string, bucket: ResultsBucket) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(VISIBILITY_MINUTES),
      retentionPeriod: Duration.days(RETENTION_DAYS),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'No dead letter queue by design: an event that is never collected is counted, and LastModified stands in.',
    });
    // By the account, not by the bucket's ARN: S3 checks the policy while it makes the bucket, so the policy must be there before.
    this.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        resources: [this.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.#notifyOf(bucket, 'arrivals/');
  }

  /** As a property of the bucket: the CDK's own notifications take a custom resource, with a function that may change every bucket. */
  #notifyOf(bucket: ResultsBucket, prefix: KeyPrefix): void {
    const { defaultChild } = bucket.node;
    if (!CfnBucket.isCfnBucket(defaultChild)) throw new TypeError('a bucket has a CfnBucket as its default child');
    defaultChild.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: this.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
        },
      ],
    };
    defaultChild.node.addDependency(this.node.findChild('Policy'));
  }
}
