// The sizes that services bill by. Whether AWS's KB is 1,000 or 1,024 bytes is not documented for all of them; 1,024 is taken
// throughout, as the Firehose page and the SQS page's examples have it.

/** An event of EventBridge: https://aws.amazon.com/eventbridge/pricing/ */
export const EVENT_CHUNK_BYTES = 64 * 1024;

/** A request of SQS: https://aws.amazon.com/sqs/pricing/ */
export const REQUEST_CHUNK_BYTES = 64 * 1024;

/** A PUT payload unit of Kinesis: https://aws.amazon.com/kinesis/data-streams/pricing/ */
export const PUT_PAYLOAD_UNIT_BYTES = 25 * 1024;

/** What Firehose rounds each record up to: https://aws.amazon.com/kinesis/data-firehose/pricing/ */
export const FIREHOSE_ROUNDING_BYTES = 5 * 1024;

/**
 * The smallest part of a multipart upload but its last one: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html. Firehose
 * does not document the parts it uploads; these are the most there can be.
 */
export const MULTIPART_PART_BYTES = 5 * 1024 * 1024;
