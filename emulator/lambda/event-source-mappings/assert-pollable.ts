// What Lambda looks up before it makes or changes a mapping: whether the role may poll, and the source is there and fit.

import type { Principal } from '../../kernel/access.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaFunction } from '../lambda-function.ts';
import { assertMayPoll } from './assert-may-poll.ts';
import type { MappingProps, SourceService } from './mapping-settings.ts';
import { assertVisibilityTimeout, readVisibilityTimeout } from './queue-visibility.ts';

export interface PollableParts {
  readonly service: SourceService;
  readonly target: LambdaFunction;
  readonly caller: Principal;
  readonly props: MappingProps;
}

/** @throws {AwsError} `InvalidParameterValueException`. */
export async function assertPollable(world: World, { service, target, caller, props }: PollableParts): Promise<void> {
  const { eventSourceArn } = props;
  assertMayPoll(world.gateway, caller, props);
  if (service === 'kinesis') {
    await explain('ResourceNotFoundException', `Stream not found: ${eventSourceArn}`, () =>
      world.gateway.call({
        service: 'kinesis',
        operation: 'DescribeStream',
        caller,
        input: { StreamARN: eventSourceArn },
      }),
    );
    return;
  }
  const visibilitySeconds = await explain(
    'QueueDoesNotExist',
    'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    () => readVisibilityTimeout(world, caller, eventSourceArn),
  );
  assertVisibilityTimeout(visibilitySeconds, target);
}

async function explain<T>(code: string, message: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof AwsError) || cause.code !== code) throw cause;
    throw new AwsError('InvalidParameterValueException', message, { cause });
  }
}
