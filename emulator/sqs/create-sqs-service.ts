// SQS: standard and FIFO queues.

import { computePrincipalId } from '../iam/principal-id.ts';
import type { Principal } from '../kernel/access.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import type { BilledRequests } from './billed-requests.ts';
import { changeMessageVisibility } from './change-message-visibility.ts';
import { changeMessageVisibilityBatch } from './change-message-visibility-batch.ts';
import { createQueue } from './create-queue.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteMessageBatch } from './delete-message-batch.ts';
import { deleteQueue } from './delete-queue.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { getQueueUrl } from './get-queue-url.ts';
import { listDeadLetterSourceQueues } from './list-dead-letter-source-queues.ts';
import { listQueueTags } from './list-queue-tags.ts';
import { listQueues } from './list-queues.ts';
import { purgeQueue } from './purge-queue.ts';
import type { Queue } from './queue.ts';
import { type QueueRecord, QueueRegistry } from './queue-registry.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { sendMessageBatch } from './send-message-batch.ts';
import { setQueueAttributes } from './set-queue-attributes.ts';
import { tagQueue } from './tag-queue.ts';
import { untagQueue } from './untag-queue.ts';

/** What operations share: queues by URL, and where to count. */
export interface SqsState {
  readonly queues: QueueRegistry;
  readonly accountId: string;
  /** @throws {AwsError} `QueueDoesNotExist`. */
  findQueue(queueUrl: string): Queue;
  /** @throws {AwsError} `QueueDoesNotExist`. */
  findRecord(queueUrl: string): QueueRecord;
  computeArn(queueUrl: string): string;
  computeArnOfName(name: string): string;
  computeUrl(name: string): string;
  computeSenderId(sender: Principal): string;
  /** A metric of the queue's. */
  count(queue: Queue, metricName: string, value: number): void;
  bill(queue: Queue, operation: string, payloadBytes: number): void;
}

export interface CreateQueueProps {
  readonly name: string;
  /** As `CreateQueue` takes them. Default: AWS's own. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** The attribute `VisibilityTimeout`. */
  readonly visibilityTimeoutSeconds?: number;
}

export interface SqsService {
  readonly service: Service;
  /**
   * @throws {AwsError} `InvalidParameterValueException`, `InvalidAttributeName`, `InvalidAttributeValue`,
   * `QueueNameExists`, `QueueDeletedRecently`.
   */
  createQueue(props: CreateQueueProps): { queueUrl: string; queueArn: string };
  /** With all that is in it; receivers that wait get `QueueDoesNotExist`. @throws {AwsError} `QueueDoesNotExist`. */
  removeQueue(queueUrl: string): void;
  /** As `SetQueueAttributes`. @throws {AwsError} `QueueDoesNotExist`, `InvalidAttributeValue`. */
  setAttributes(queueUrl: string, attributes: Readonly<Record<string, string>>): void;
  /** What the attribute `Policy` says. @throws {AwsError} `QueueDoesNotExist`. */
  setPolicy(queueUrl: string, document: unknown): void;
  /** What a queue's calls have come to so far. @throws {AwsError} `QueueDoesNotExist`. */
  billedRequestsOf(queueName: string): BilledRequests;
}

export function createSqsService(world: World): SqsService {
  const queues = new QueueRegistry(world);
  const state: SqsState = {
    queues,
    accountId: world.accountId,
    findQueue: (queueUrl) => queues.find(parseName(queueUrl)).queue,
    findRecord: (queueUrl) => queues.find(parseName(queueUrl)),
    computeArn: (queueUrl) => queues.computeArn(parseName(queueUrl)),
    computeArnOfName: (name) => queues.computeArn(name),
    computeUrl: (name) => `${world.queueOrigin}/${world.accountId}/${name}`,
    computeSenderId: (sender) => computePrincipalId(sender, world.accountId),
    count(queue, metricName, value) {
      world.metrics.record({
        namespace: 'AWS/SQS',
        metricName,
        dimensions: { QueueName: queue.name },
        value,
        timeMs: world.clock.now(),
      });
    },
    bill: (queue, operation, payloadBytes) => queues.find(queue.name).billed.add(operation, payloadBytes),
  };
  return {
    service: { name: 'sqs', operations: createOperations(state) },
    createQueue({ name, attributes = {}, tags, visibilityTimeoutSeconds }) {
      const given = {
        ...attributes,
        ...(visibilityTimeoutSeconds !== undefined && { VisibilityTimeout: String(visibilityTimeoutSeconds) }),
      };
      const { queue } = queues.create(name, given, tags);
      return { queueUrl: state.computeUrl(name), queueArn: queue.arn };
    },
    removeQueue: (queueUrl) => queues.remove(parseName(queueUrl)),
    setAttributes: (queueUrl, attributes) => queues.changeAttributes(state.findRecord(queueUrl), { ...attributes }),
    setPolicy(queueUrl, document) {
      state.findRecord(queueUrl).policy = JSON.stringify(document);
    },
    billedRequestsOf: (queueName) => queues.find(queueName).billed,
  };
}

function createOperations(state: SqsState): Service['operations'] {
  return [
    sendMessage(state),
    sendMessageBatch(state),
    receiveMessage(state),
    deleteMessage(state),
    deleteMessageBatch(state),
    changeMessageVisibility(state),
    changeMessageVisibilityBatch(state),
    purgeQueue(state),
    createQueue(state),
    deleteQueue(state),
    listQueues(state),
    listDeadLetterSourceQueues(state),
    getQueueUrl(state),
    getQueueAttributes(state),
    setQueueAttributes(state),
    listQueueTags(state),
    tagQueue(state),
    untagQueue(state),
  ];
}

function parseName(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? '';
}
