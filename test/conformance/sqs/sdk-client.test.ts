// Rule: an AWS SDK gets each error under its class or code, and under the code that it had in the query protocol.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html

import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';
import { createHttpFront } from '../../../emulator/wire/http-front.ts';
import { createSdkRequestHandler } from '../../../emulator/wire/sdk-request-handler.ts';

const KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };

function createClient(options: Parameters<typeof createTestQueue>[0] = {}) {
  const queue = createTestQueue(options);
  const { world, outside } = queue;
  const front = createHttpFront({
    gateway: world.gateway,
    region: world.region,
    findPrincipal: () => ({ kind: 'root' }),
  });
  const client = new SQSClient({
    region: 'us-east-1',
    credentials: KEY,
    requestHandler: createSdkRequestHandler({ handle: (request) => outside.waitFor(() => front.handle(request)) }),
    maxAttempts: 1,
    useQueueUrlAsEndpoint: false,
  });
  const run = <T>(request: () => Promise<T>): Promise<T> => {
    outside.begin();
    return world.clock.runUntilSettled(request().finally(() => outside.end()));
  };
  return { ...queue, client, run };
}

describe('the SDK for JavaScript', () => {
  // It compares the MD5 of each body, and throws when it is another.
  test('sends and receives bodies and attributes of every type', async () => {
    const { client, run, QueueUrl } = createClient();
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'ü' },
      number: { DataType: 'Number', StringValue: '1.5' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    };

    await run(() => client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hellö 🙂', MessageAttributes })));
    const { Messages } = await run(() =>
      client.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] })),
    );

    expect(Messages).toMatchObject([{ Body: 'hellö 🙂', MessageAttributes }]);
  });

  test('sends batches to a FIFO queue, and waits for what is in it', async () => {
    const attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    const { client, run, QueueUrl } = createClient({ name: 'q.fifo', attributes });
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: Id, MessageGroupId: 'g' }));

    const { Successful } = await run(() => client.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
    const { Messages } = await run(() =>
      client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 })),
    );

    expect(Successful?.map(({ SequenceNumber }) => SequenceNumber)).toEqual([
      expect.stringMatching(/^\d{20}$/),
      expect.stringMatching(/^\d{20}$/),
    ]);
    expect(Messages?.map(({ Body }) => Body)).toEqual(['a', 'b']);
  });

  test.each([
    [
      'QueueDoesNotExist',
      QueueDoesNotExist,
      'AWS.SimpleQueueService.NonExistentQueue',
      (client: SQSClient) => client.send(new GetQueueUrlCommand({ QueueName: 'none' })),
    ],
    [
      'ReceiptHandleIsInvalid',
      ReceiptHandleIsInvalid,
      'ReceiptHandleIsInvalid',
      (client: SQSClient, QueueUrl: string) =>
        client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' })),
    ],
    [
      'InvalidParameterValue',
      Error,
      'InvalidParameterValue',
      (client: SQSClient, QueueUrl: string) =>
        client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })),
    ],
    [
      'MissingParameter',
      Error,
      'MissingParameter',
      (client: SQSClient, QueueUrl: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody: '' })),
    ],
    [
      'QueueNameExists',
      Error,
      'QueueAlreadyExists',
      (client: SQSClient) =>
        client.send(new CreateQueueCommand({ QueueName: 'queue', Attributes: { DelaySeconds: '1' } })),
    ],
  ])('gets %s', async (_name, errorClass, queryCode, request) => {
    const { client, run, QueueUrl } = createClient();

    const error: unknown = await run(() => request(client, QueueUrl)).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ Code: queryCode });
  });
});

describe('a parameter that is left out', () => {
  test.each([
    ['SendMessage', { MessageBody: 'x', QueueUrl: undefined }, 'QueueDoesNotExist'],
    ['SendMessage', {}, 'MissingRequiredParameterException'],
    ['DeleteMessage', {}, 'MissingRequiredParameterException'],
    ['ChangeMessageVisibility', { VisibilityTimeout: 1 }, 'MissingRequiredParameterException'],
    ['ChangeMessageVisibility', { ReceiptHandle: 'x' }, 'MissingRequiredParameterException'],
  ])('of %s (%j) is refused as %s', async (operation, input, code) => {
    await expect(createTestQueue().call(operation, input)).rejects.toMatchObject({ code });
  });
});
