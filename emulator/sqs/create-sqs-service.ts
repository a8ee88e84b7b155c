// SQS: standard queues. FIFO queues are refused by name.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteMessageBatch } from './delete-message-batch.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { getQueueUrl } from './get-queue-url.ts';
import { Queue, type QueueProps } from './queue.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { sendMessageBatch } from './send-message-batch.ts';

/** What operations share: queues by URL, and where to count. */
export interface SqsState {
  /** @throws {AwsError} `QueueDoesNotExist`. */
  findQueue(queueUrl: string): Queue;
  findQueueByName(name: string): Queue | undefined;
  computeArn(queueUrl: string): string;
  computeArnOfName(name: string): string;
  computeUrl(name: string): string;
  count(queue: Queue, metricName: string, value: number): void;
}

export interface SqsService {
  readonly service: Service;
  createQueue(props: QueueProps): { queueUrl: string; queueArn: string };
}

export function createSqsService(world: World): SqsService {
  const queues = new Map<string, Queue>();
  const computeArnOfName = (name: string) => `arn:aws:sqs:${world.region}:${world.accountId}:${name}`;
  const state: SqsState = {
    findQueue(queueUrl) {
      const queue = queues.get(parseName(queueUrl));
      if (queue) return queue;
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    },
    findQueueByName: (name) => queues.get(name),
    computeArn: (queueUrl) => computeArnOfName(parseName(queueUrl)),
    computeArnOfName,
    computeUrl: (name) => `https://sqs.${world.region}.emulator.invalid/${world.accountId}/${name}`,
    count(queue, metricName, value) {
      world.metrics.record({
        namespace: 'AWS/SQS',
        metricName,
        dimensions: { QueueName: queue.props.name },
        value,
        timeMs: world.clock.now(),
      });
    },
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
        getQueueUrl(state),
        getQueueAttributes(state),
      ],
    },
    createQueue(props) {
      if (props.name.endsWith('.fifo')) throw new UnsupportedFeatureError(`queue ${props.name}`, 'FIFO');
      queues.set(props.name, new Queue({ props, clock: world.clock, random: world.random(`sqs/${props.name}`) }));
      return { queueUrl: state.computeUrl(props.name), queueArn: computeArnOfName(props.name) };
    },
  };
}

function parseName(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? '';
}
