// The one bucket: what arrived, what each trial came to, the plan and the report.

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** First parts of the bucket's keys. `errors/` is where Firehose puts what its transform could not handle. */
const KEY_PREFIXES = [
  'acknowledgements/',
  'arrival-events/',
  'arrivals/',
  'errors/',
  'plans/',
  'reports/',
  'results/',
  'tallies/',
] as const;

export type KeyPrefix = (typeof KEY_PREFIXES)[number];

const ARRIVALS_KEPT_DAYS = 30;

export class ResultsBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    for (const prefix of ['acknowledgements/', 'arrival-events/', 'arrivals/', 'errors/'] satisfies KeyPrefix[]) {
      this.addLifecycleRule({ prefix, expiration: Duration.days(ARRIVALS_KEPT_DAYS) });
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Synthetic messages of a benchmark: nothing in here is worth an access log, which would need a bucket of its own.',
    });
    this.#acknowledgeKeyPatterns();
  }

  /** For every role of the stack: each may touch the objects below some prefixes, and their names are not known before. */
  #acknowledgeKeyPatterns(): void {
    const stack = Stack.of(this);
    const { defaultChild } = this.node;
    if (!CfnBucket.isCfnBucket(defaultChild)) throw new TypeError('a bucket has a CfnBucket as its default child');
    const logicalId = stack.getLogicalId(defaultChild);
    for (const prefix of KEY_PREFIXES) {
      Validations.of(stack).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${prefix}*]`,
        reason:
          'Objects are named by run, trial and request: no policy can list them, and the prefix is as narrow as one gets.',
      });
    }
  }

  /** Lets `grantee` write objects under the prefixes, and nothing else: CDK's own grant adds tags, retention and aborts. */
  grantPutObjects(grantee: IGrantable, ...prefixes: KeyPrefix[]): Grant {
    return this.#grantObjects(grantee, 's3:PutObject', prefixes);
  }

  /** Lets `grantee` list the bucket and read the objects under the prefixes. */
  grantReadObjects(grantee: IGrantable, ...prefixes: KeyPrefix[]): Grant {
    const list = Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucketArn] });
    return list.combine(this.#grantObjects(grantee, 's3:GetObject', prefixes));
  }

  #grantObjects(grantee: IGrantable, action: string, prefixes: readonly KeyPrefix[]): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: [action],
      resourceArns: prefixes.map((prefix) => this.arnForObjects(`${prefix}*`)),
    });
  }
}
