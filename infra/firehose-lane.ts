// Data Firehose: a delivery stream that takes messages directly, lets a function transform them, and writes to the bucket.

import { RemovalPolicy } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Construct } from 'constructs';
import type { LaneProps } from './lane.ts';
import { NodeFunction } from './node-function.ts';
import type { KeyPrefix, ResultsBucket } from './results-bucket.ts';

/** The stream's settings outside of trials. `sizeMbs` are MiB, as Firehose counts its MBs. */
export const DELIVERY_STREAM_DEFAULTS = {
  prefix: 'arrivals/' satisfies KeyPrefix,
  buffer: { sizeMbs: 5, intervalSeconds: 60 },
  transform: { sizeMbs: 1, intervalSeconds: 60 },
} as const;

export class FirehoseLane extends Construct {
  /** The resource itself: the construct above it grants its role deletion all over the bucket, and more besides. */
  readonly deliveryStream: CfnDeliveryStream;
  readonly transform: NodeFunction;

  constructor(scope: Construct, id: string, props: LaneProps) {
    super(scope, id);
    this.transform = new NodeFunction(this, 'Transform', {
      folder: 'transform',
      description: 'Transforms messages on their way through Data Firehose',
      // The most that Firehose waits for: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
      timeoutSeconds: 300,
    });
    const role = new Role(this, 'DeliveryRole', { assumedBy: new ServicePrincipal('firehose.amazonaws.com') });
    const grants = grantDelivery(role, props.bucket, this.transform);
    const { prefix, buffer, transform } = DELIVERY_STREAM_DEFAULTS;
    this.deliveryStream = new CfnDeliveryStream(this, 'DeliveryStream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: props.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix,
        // What cannot be transformed or delivered lands here with its reason, so no log is needed.
        errorOutputPrefix: 'errors/' satisfies KeyPrefix,
        bufferingHints: { sizeInMBs: buffer.sizeMbs, intervalInSeconds: buffer.intervalSeconds },
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: 'Lambda',
              parameters: [
                { parameterName: 'LambdaArn', parameterValue: this.transform.functionArn },
                { parameterName: 'BufferSizeInMBs', parameterValue: String(transform.sizeMbs) },
                { parameterName: 'BufferIntervalInSeconds', parameterValue: String(transform.intervalSeconds) },
              ],
            },
          ],
        },
      },
    });
    this.deliveryStream.applyRemovalPolicy(RemovalPolicy.DESTROY);
    for (const grant of grants) grant.applyBefore(this.deliveryStream);
  }
}

/** As the user guide has it: https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 */
function grantDelivery(grantee: Role, bucket: ResultsBucket, transform: NodeFunction): Grant[] {
  const prefixes = ['arrivals/', 'errors/'] satisfies KeyPrefix[];
  return [
    bucket.grantPutObjects(grantee, ...prefixes),
    bucket.grantReadObjects(grantee, ...prefixes),
    // Below an interval of a minute Firehose uploads an object in parts.
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:AbortMultipartUpload'],
      resourceArns: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    }),
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      resourceArns: [bucket.bucketArn],
    }),
    Grant.addToPrincipal({
      grantee,
      actions: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'],
      resourceArns: [transform.functionArn],
    }),
  ];
}
