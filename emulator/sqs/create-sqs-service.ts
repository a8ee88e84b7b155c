// SQS: standard queues. FIFO queues are refused by name.

import type { Principal } from '../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { BilledRequests } from './billed-requests.ts';
import { changeMessageVisibility } from './change-message-visibility.ts';
import { changeMessageVisibilityBatch } from './change-message-visibility-batch.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteMessageBatch } from './delete-message-batch.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { getQueueUrl } from './get-queue-url.ts';
import { purgeQueue } from './purge-queue.ts';
import { Queue, type QueueProps } from './queue.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { sendMessageBatch } from './send-message-batch.ts';
import { computeSenderId } from './sender-id.ts';
import { assertVisibilityTimeout } from './visibility-timeout.ts';

/** What operations share: queues by URL, and where to count. */
export interface SqsState {
  /** @throws {AwsError} `QueueDoesNotExist`. */
  findQueue(queueUrl: string): Queue;
  computeArn(queueUrl: string): string;
  computeArnOfName(name: string): string;
  computeUrl(name: string): string;
  computeSenderId(sender: Principal): string;
  /** A metric of the queue's. */
  count(queue: Queue, metricName: string, value: number): void;
  bill(queue: Queue, operation: string, payloadBytes: number): void;
}

export interface SqsService {
  readonly service: Service;
  /**
   * @throws {UnsupportedFeatureError} for a FIFO queue.
   * @throws {AwsError} `InvalidParameterValue`, `QueueNameExists`.
   */
  createQueue(props: QueueProps): { queueUrl: string; queueArn: string };
  /** What a queue's calls have come to so far. @throws {AwsError} `QueueDoesNotExist`. */
  billedRequestsOf(queueName: string): BilledRequests;
}

export function createSqsService(world: World): SqsService {
  const queues = new Map<string, { readonly queue: Queue; readonly billed: BilledRequests }>();
  const computeArnOfName = (name: string) => `arn:aws:sqs:${world.region}:${world.accountId}:${name}`;
  const findByName = (name: string) => {
    const found = queues.get(name);
    if (found) return found;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  const state: SqsState = {
    findQueue: (queueUrl) => findByName(parseName(queueUrl)).queue,
    computeArn: (queueUrl) => computeArnOfName(parseName(queueUrl)),
    computeArnOfName,
    computeUrl: (name) => `${world.queueOrigin}/${world.accountId}/${name}`,
    computeSenderId: (sender) => computeSenderId(sender, world.accountId),
    count(queue, metricName, value) {
      world.metrics.record({
        namespace: 'AWS/SQS',
        metricName,
        dimensions: { QueueName: queue.props.name },
        value,
        timeMs: world.clock.now(),
      });
    },
    bill: (queue, operation, payloadBytes) => findByName(queue.props.name).billed.add(operation, payloadBytes),
  };
  return {
    service: {
      name: 'sqs',
      operations: [
        sendMessage(state),
        sendMessageBatch(state),
        receiveMessage(state),
        deleteMessage(state),
        deleteMessageBatch(state),
        changeMessageVisibility(state),
        changeMessageVisibilityBatch(state),
        purgeQueue(state),
        getQueueUrl(state),
        getQueueAttributes(state),
      ],
    },
    createQueue(props) {
      const { name } = props;
      assertProps(props);
      if (queues.has(name)) throw new AwsError('QueueNameExists', `A queue named ${name} already exists.`);
      const queue = new Queue({ props, clock: world.clock, random: world.random(`sqs/${name}`) });
      queues.set(name, { queue, billed: new BilledRequests() });
      return { queueUrl: state.computeUrl(name), queueArn: computeArnOfName(name) };
    },
    billedRequestsOf: (queueName) => findByName(queueName).billed,
  };
}

function assertProps({ name, visibilityTimeoutSeconds }: QueueProps): void {
  if (name.endsWith('.fifo')) throw new UnsupportedFeatureError(`queue ${name}`, 'FIFO');
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw new AwsError(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  assertVisibilityTimeout(visibilityTimeoutSeconds);
}

function parseName(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? '';
}
