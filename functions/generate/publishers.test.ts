import { createHash } from 'node:crypto';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { CALL_QUOTAS } from '../../model/publish-call.ts';
import type { Service } from '../../model/service.ts';
import { type Answer, answerRequests, type SentRequest } from '../answered-clients.fixture.ts';
import { createPublishEventbridge } from './publish-eventbridge.ts';
import { createPublishFirehose } from './publish-firehose.ts';
import { createPublishKinesis } from './publish-kinesis.ts';
import { createPublishSqs } from './publish-sqs.ts';
import type { OutgoingEntry, Publisher } from './publisher.ts';
import { createQueueUrlLookup, QueueUrlNotFoundError } from './queue-url-lookup.ts';

const VARIABLES = { QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/0/q', QUEUE_URL_PARAMETER: '/p', QUEUE_NAME: 'q' };

async function createPublisher(service: Service, respond: (request: SentRequest) => Answer) {
  const { requests, config } = answerRequests(respond);
  return { requests, publisher: await open() };

  async function open(): Promise<Publisher> {
    switch (service) {
      case 'eventbridge':
        return createPublishEventbridge(new EventBridgeClient(config), 'bus');
      case 'kinesis':
        return createPublishKinesis(new KinesisClient(config), 'stream');
      case 'firehose':
        return createPublishFirehose(new FirehoseClient(config), 'delivery');
      case 'sqs': {
        const sqs = new SQSClient(config);
        const lookup = createQueueUrlLookup({ ssm: new SSMClient(config), sqs, variables: VARIABLES });
        await lookup.find('environment');
        return createPublishSqs(sqs, lookup);
      }
    }
  }
}

function createEntry(text: string): OutgoingEntry {
  return { text, bytes: Buffer.byteLength(text), partitionKey: `key of ${text}` };
}

const ENTRIES = ['a', 'ü', 'c'].map(createEntry);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const ALL_BUT_SECOND: Readonly<Record<Service, object>> = {
  eventbridge: {
    FailedEntryCount: 1,
    Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }, { EventId: '3' }],
  },
  sqs: {
    Successful: [
      { Id: '0', MessageId: '0', MD5OfMessageBody: md5('a') },
      { Id: '2', MessageId: '2', MD5OfMessageBody: md5('c') },
    ],
    Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }],
  },
  kinesis: {
    FailedRecordCount: 1,
    Records: [
      { SequenceNumber: '1', ShardId: 's' },
      { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: '' },
      { SequenceNumber: '2', ShardId: 's' },
    ],
  },
  firehose: {
    FailedPutCount: 1,
    RequestResponses: [{ RecordId: '1' }, { ErrorCode: 'ServiceUnavailableException' }, { RecordId: '2' }],
  },
};

describe('publish', () => {
  test.each<[Service, string, object]>([
    [
      'eventbridge',
      'PutEvents',
      {
        Entries: ['a', 'ü', 'c'].map((Detail) => ({
          EventBusName: 'bus',
          Source: 'showdown',
          DetailType: 'showdown.messages',
          Detail,
        })),
      },
    ],
    [
      'sqs',
      'SendMessageBatch',
      {
        QueueUrl: VARIABLES.QUEUE_URL,
        Entries: ['a', 'ü', 'c'].map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      },
    ],
    [
      'kinesis',
      'PutRecords',
      {
        StreamName: 'stream',
        Records: ['a', 'ü', 'c'].map((text) => ({ Data: base64(text), PartitionKey: `key of ${text}` })),
      },
    ],
    [
      'firehose',
      'PutRecordBatch',
      { DeliveryStreamName: 'delivery', Records: ['a', 'ü', 'c'].map((text) => ({ Data: base64(text) })) },
    ],
  ])('of %s makes one call %s, and gives the positions of the refused entries', async (service, operation, input) => {
    const { requests, publisher } = await createPublisher(service, () => ({ body: ALL_BUT_SECOND[service] }));

    const refused = await publisher.publish(ENTRIES);

    expect(refused).toEqual([1]);
    expect(requests.map((request) => request.operation)).toEqual([operation]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual(input);
  });

  test.each(['eventbridge', 'sqs', 'kinesis', 'firehose'] as const)(
    '%s leaves room for what a call adds to its data',
    async (service) => {
      const { publisher } = await createPublisher(service, () => ({ body: {} }));

      expect(publisher.callBytesMax).toBeLessThanOrEqual(CALL_QUOTAS[service].callBytesMax);
    },
  );
});

describe('computeBilledUnits', () => {
  test.each<[Service, number[], number]>([
    // 64 KB chunks of each event, source and detail type included.
    ['eventbridge', [1], 1],
    ['eventbridge', [65_511], 1],
    ['eventbridge', [65_512], 2],
    ['eventbridge', [1, 1], 2],
    // 64 KB chunks of the whole call.
    ['sqs', [1], 1],
    ['sqs', [30_000, 35_536], 1],
    ['sqs', [30_000, 35_537], 2],
    // 25 KB chunks of each record.
    ['kinesis', [1, 1], 2],
    ['kinesis', [25_600], 1],
    ['kinesis', [25_601], 2],
    // Bytes, each record rounded up to 5 KB.
    ['firehose', [1, 5120], 10_240],
    ['firehose', [5121], 10_240],
  ])('of %s with entries of %j bytes is %d', async (service, entryBytes, units) => {
    const { publisher } = await createPublisher(service, () => ({ body: {} }));

    expect(publisher.computeBilledUnits(entryBytes)).toBe(units);
  });
});

describe('createQueueUrlLookup', () => {
  function createLookup(body: object) {
    const { requests, config } = answerRequests(() => ({ body }));
    return {
      requests,
      lookup: createQueueUrlLookup({ ssm: new SSMClient(config), sqs: new SQSClient(config), variables: VARIABLES }),
    };
  }

  test('takes the environment variable without leaving the execution environment', async () => {
    const { requests, lookup } = createLookup({});

    await lookup.find('environment');

    expect(lookup.queueUrl()).toBe(VARIABLES.QUEUE_URL);
    expect(lookup.takeCost()).toEqual({ lookups: 0, lookupMs: 0 });
    expect(requests).toEqual([]);
  });

  test.each([
    ['ssm', 'GetParameter', { Name: '/p' }, { Parameter: { Value: 'https://found/q' } }],
    ['get-queue-url', 'GetQueueUrl', { QueueName: 'q' }, { QueueUrl: 'https://found/q' }],
  ] as const)('asks by %s once in the life of its execution environment', async (way, operation, input, body) => {
    const { requests, lookup } = createLookup(body);

    await lookup.find(way);
    await lookup.find(way);

    expect(lookup.queueUrl()).toBe('https://found/q');
    expect(requests.map((request) => [request.operation, JSON.parse(request.body)])).toEqual([[operation, input]]);
    expect(lookup.takeCost()).toEqual({ lookups: 1, lookupMs: expect.any(Number) });
    expect(lookup.takeCost()).toEqual({ lookups: 0, lookupMs: 0 });
  });

  test('fails by name when there is no URL where it looked', async () => {
    const { lookup } = createLookup({ Parameter: {} });

    await expect(lookup.find('ssm')).rejects.toThrow(QueueUrlNotFoundError);
    expect(() => lookup.queueUrl()).toThrow(QueueUrlNotFoundError);
  });
});
