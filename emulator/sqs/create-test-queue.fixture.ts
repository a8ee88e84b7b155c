// A queue in an account of its own, and what tests want to know of it.

import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';

export const urlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
export const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** As `ReceiveMessage` gives it. */
export interface TestMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageAttributes?: Readonly<Record<string, object>>;
}

interface Options {
  /** Default: `queue`. */
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function createTestQueue({ name = 'queue', attributes = {} }: Options = {}) {
  const account = createTestAccount();
  const { sqs } = account.services;
  const QueueUrl = urlOf(name);
  sqs.createQueue({ name, attributes });
  const call = (operation: string, input = {}) => account.call('sqs', operation, { QueueUrl, ...input });
  /** For operations that take no queue's URL. */
  const callWithoutUrl = (operation: string, input = {}) => account.call('sqs', operation, input);
  const receive = async (input = {}): Promise<TestMessage[]> => {
    const { Messages = [] } = await call('ReceiveMessage', { MaxNumberOfMessages: 10, ...input });
    return Messages as TestMessage[];
  };
  const receiveBodies = async (input = {}) => (await receive(input)).map(({ Body }) => Body);
  const send = (MessageBody: string, input = {}) => call('SendMessage', { MessageBody, ...input });
  const deleteMessage = (message: TestMessage | undefined) =>
    call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
  const readAttributes = async (...AttributeNames: string[]) => {
    const { Attributes } = await call('GetQueueAttributes', { AttributeNames });
    return Attributes as Record<string, string> | undefined;
  };
  const sumMetric = (metricName: string) => {
    const minutes = account.world.metrics.read(
      { namespace: 'AWS/SQS', metricName, dimensions: { QueueName: name } },
      { startMs: START_MS, endMs: START_MS + 3_600_000, asOfMs: account.world.clock.now() },
    );
    return minutes.reduce((total, { sum }) => total + sum, 0);
  };
  return {
    ...account,
    QueueUrl,
    call,
    callWithoutUrl,
    receive,
    receiveBodies,
    send,
    deleteMessage,
    readAttributes,
    sumMetric,
    billed: sqs.billedRequestsOf(name),
  };
}

/** Messages are told apart by their groups, unless a test says otherwise. */
export function createTestFifoQueue(attributes: Readonly<Record<string, string>> = {}) {
  const queue = createTestQueue({
    name: 'queue.fifo',
    attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...attributes },
  });
  const sendTo = (MessageGroupId: string, body: string, input = {}) => queue.send(body, { MessageGroupId, ...input });
  return { ...queue, sendTo };
}

export const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, MessageBody: 'x' }));
