// What a function's role must be allowed, or there is no mapping: polling would fail for ever.

import type { AccessControl, AccessNeed, Principal } from '../../kernel/access.ts';
import { AwsError } from '../../kernel/errors.ts';
import { type MappingProps, parseSourceService } from './mapping-settings.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
const QUEUE_ACTIONS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html */
const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListShards'];

/** @throws {AwsError} `InvalidParameterValueException`, in Lambda's words; what is missing is its cause. */
export function assertMayPoll(access: AccessControl, caller: Principal, props: MappingProps): void {
  const { functionName, eventSourceArn, onFailureArn } = props;
  if (parseSourceService(`event source mapping of ${functionName}`, eventSourceArn) === 'sqs') {
    for (const name of QUEUE_ACTIONS) {
      ask(access, caller, { action: `sqs:${name}`, resource: eventSourceArn }, describeQueueDenial(name));
    }
    return;
  }
  for (const name of STREAM_ACTIONS) {
    ask(
      access,
      caller,
      { action: `kinesis:${name}`, resource: eventSourceArn },
      `Cannot access stream ${eventSourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
    );
  }
  if (onFailureArn !== undefined) {
    ask(access, caller, { action: 'sqs:SendMessage', resource: onFailureArn }, describeQueueDenial('SendMessage'));
  }
}

function describeQueueDenial(name: string): string {
  return `The function execution role does not have permissions to call ${name} on SQS`;
}

function ask(access: AccessControl, caller: Principal, need: AccessNeed, message: string): void {
  try {
    access.authorize(caller, need);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw new AwsError('InvalidParameterValueException', message, { cause });
  }
}
