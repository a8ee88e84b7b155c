// What happened to an object, as S3 tells it.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

import type { StoredObject } from './bucket.ts';
import { unquote } from './conditions.ts';
import { computeBucketArn } from './object-key.ts';
import { encodeFormKey } from './url-encoding.ts';

const EVENT_VERSION = '2.1';
const SCHEMA_VERSION = '1.0';

export type ObjectEventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete';

/** Those that can happen here, and the groups that they are in. A form's upload (`Post`) is none, but in its group. */
const MODELLED_EVENT_TYPES: ReadonlySet<string> = new Set([
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Put',
  's3:ObjectTagging:Delete',
]);

/** All that AWS has: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export const EVENT_TYPES: ReadonlySet<string> = new Set([
  ...MODELLED_EVENT_TYPES,
  's3:IntelligentTiering',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
  's3:ObjectAcl:Put',
  's3:ObjectCreated:Post',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectRestore:*',
  's3:ObjectRestore:Completed',
  's3:ObjectRestore:Delete',
  's3:ObjectRestore:Post',
  's3:ReducedRedundancyLostObject',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationNotTracked',
  's3:Replication:OperationReplicatedAfterThreshold',
]);

export function isModelledEventType(event: string): boolean {
  return MODELLED_EVENT_TYPES.has(event);
}

export interface ObjectEvent {
  readonly name: ObjectEventName;
  readonly key: string;
  /** Undefined when it is no longer there. */
  readonly object: StoredObject | undefined;
}

export interface ObjectEventRecord extends ObjectEvent {
  readonly region: string;
  /** When S3 finished the request. */
  readonly timeMs: number;
  readonly bucketName: string;
  readonly ownerPrincipalId: string;
  /** Of whoever made the request. */
  readonly principalId: string;
  readonly sourceIpAddress: string;
  readonly requestId: string;
  readonly hostId: string;
  readonly configurationId: string;
  /** Hexadecimal; a later event of the same key has a greater one. */
  readonly sequencer: string;
}

/** The JSON of a notification. */
export function renderObjectEvent(record: ObjectEventRecord): string {
  const { object, bucketName } = record;
  return JSON.stringify({
    Records: [
      {
        eventVersion: EVENT_VERSION,
        eventSource: 'aws:s3',
        awsRegion: record.region,
        eventTime: new Date(record.timeMs).toISOString(),
        eventName: record.name,
        userIdentity: { principalId: record.principalId },
        requestParameters: { sourceIPAddress: record.sourceIpAddress },
        responseElements: { 'x-amz-request-id': record.requestId, 'x-amz-id-2': record.hostId },
        s3: {
          s3SchemaVersion: SCHEMA_VERSION,
          configurationId: record.configurationId,
          bucket: {
            name: bucketName,
            ownerIdentity: { principalId: record.ownerPrincipalId },
            arn: computeBucketArn(bucketName),
          },
          object: {
            key: encodeFormKey(record.key),
            ...(object && { size: object.body.length, eTag: unquote(object.etag) }),
            sequencer: record.sequencer,
          },
        },
      },
    ],
  });
}

/** What S3 sends first to every destination that it can write to. */
export function renderTestEvent(event: {
  readonly timeMs: number;
  readonly bucketName: string;
  readonly requestId: string;
  readonly hostId: string;
}): string {
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(event.timeMs).toISOString(),
    Bucket: event.bucketName,
    RequestId: event.requestId,
    HostId: event.hostId,
  });
}
