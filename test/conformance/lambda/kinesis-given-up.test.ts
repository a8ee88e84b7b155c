// Rule: a batch of a stream that fails is bisected if the mapping says so, and given up when it has been tried often enough or its
//   records are too old; the destination for failures is then told which records they were.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html

import { describe, expect, test } from 'vitest';
import { createMappedStream } from '../../../emulator/lambda/event-source-mappings/create-mapped-stream.fixture.ts';
import type { MappingProps } from '../../../emulator/lambda/event-source-mappings/mapping-settings.ts';

const DESTINATION_ARN = 'arn:aws:sqs:us-east-1:000000000000:failures';
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/failures';
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const SEQUENCE_NUMBER = expect.stringMatching(/^\d{56}$/);

/** Logs what it gets, and throws when the record with that data is among it. */
const failAt = (data: number) =>
  `exports.handler = async (event) => { const all = event.Records.map((r) => String(Buffer.from(r.kinesis.data, 'base64')));
   console.log(all.join(',')); if (all.includes('${data}')) throw new Error('no'); };`;

function createStream(code: string, settings: Partial<MappingProps>) {
  const stream = createMappedStream({ code, onFailureArn: DESTINATION_ARN, ...settings });
  stream.services.sqs.createQueue({ name: 'failures', visibilityTimeoutSeconds: 30 });
  stream.map();
  return {
    ...stream,
    async failures() {
      const { Messages = [] } = await stream.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      return (Messages as { Body: string }[]).map(({ Body }) => JSON.parse(Body));
    },
  };
}

describe('a batch that fails', () => {
  test('is given up after its retries, and its destination told', async () => {
    const stream = createStream(failAt(1), { maximumRetryAttempts: 2, batchSize: 3 });

    await stream.put(4);
    await stream.pass(60_000);

    expect(stream.batches()).toEqual(['0,1,2', '0,1,2', '0,1,2', '3']);
    expect(await stream.failures()).toEqual([
      {
        requestContext: {
          requestId: stream.invocations[2]?.requestId,
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tested',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: INSTANT,
        KinesisBatchInfo: {
          shardId: 'shardId-000000000000',
          startSequenceNumber: SEQUENCE_NUMBER,
          endSequenceNumber: SEQUENCE_NUMBER,
          approximateArrivalOfFirstRecord: INSTANT,
          approximateArrivalOfLastRecord: INSTANT,
          batchSize: 3,
          streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/stream',
        },
      },
    ]);
  });

  test('is split in halves until the bad record is alone, which alone is given up', async () => {
    const stream = createStream(failAt(5), { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 });

    await stream.put(8);
    await stream.pass(120_000);

    expect(stream.batches()).toEqual(['0,1,2,3,4,5,6,7', '0,1,2,3', '4,5,6,7', '4,5', '4', '5', '5', '6,7']);
    expect(await stream.failures()).toMatchObject([{ KinesisBatchInfo: { batchSize: 1 } }]);
  });

  test('is split at the checkpoint when its answer names one', async () => {
    const stream = createStream(
      `exports.handler = async (event) => { const all = event.Records.map((r) => String(Buffer.from(r.kinesis.data, 'base64')));
       console.log(all.join(',')); const bad = event.Records[all.indexOf('5')];
       return { batchItemFailures: bad ? [{ itemIdentifier: bad.kinesis.sequenceNumber }] : [] }; };`,
      { bisectBatchOnFunctionError: true, maximumRetryAttempts: 0, reportBatchItemFailures: true },
    );

    await stream.put(8);
    await stream.pass(120_000);

    expect(stream.batches()).toEqual(['0,1,2,3,4,5,6,7', '5,6,7', '5,6', '5', '6', '7']);
    expect(await stream.failures()).toMatchObject([{ KinesisBatchInfo: { batchSize: 1 } }]);
  });

  test('is given up when its records are too old, and what is younger is still tried', async () => {
    const stream = createStream(failAt(0), { maximumRecordAgeSeconds: 60 });

    await stream.put(2);
    await stream.pass(30_000);
    await stream.put(1);
    await stream.pass(120_000);

    expect(stream.batches().at(-1)).toBe('2');
    expect(await stream.failures()).toMatchObject([
      { requestContext: { condition: 'RecordAgeExceeded' }, KinesisBatchInfo: { batchSize: 2 } },
    ]);
  });

  test('is given up in silence without a destination, and counted where the message cannot be sent', async () => {
    const silent = createStream(failAt(0), { maximumRetryAttempts: 0, onFailureArn: undefined });
    const unsent = createStream(failAt(0), { maximumRetryAttempts: 0, onFailureArn: `${DESTINATION_ARN}-absent` });

    for (const stream of [silent, unsent]) {
      await stream.put(1);
      await stream.pass(5000);
      await stream.put(1);
      await stream.pass(600_000);
    }

    expect([silent.batches(), unsent.batches()]).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
    expect(await silent.failures()).toEqual([]);
    expect(unsent.readFunctionMetric('DestinationDeliveryErrors')).toMatchObject([{ sum: 1 }]);
  });

  test('of records that were too old from the start is told of without a call', async () => {
    const stream = createStream(failAt(9), { maximumRecordAgeSeconds: 60, enabled: false });
    await stream.put(1);
    await stream.pass(90_000);
    const [mapping] = stream.services.lambda.mappings.list();

    await stream.call('lambda', 'UpdateEventSourceMapping', { UUID: mapping?.uuid, Enabled: true });
    await stream.pass(120_000);

    const [told] = await stream.failures();
    expect(stream.batches()).toEqual([]);
    expect(told).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 } });
    expect(told).not.toHaveProperty('responseContext');
  });
});

describe('a destination', () => {
  test.each([
    ['arn:aws:sns:us-east-1:000000000000:topic', 'sns'],
    ['arn:aws:s3:::bucket', 's3'],
    [`${DESTINATION_ARN}.fifo`, 'a FIFO queue'],
  ])('%s is refused by name', (onFailureArn, kind) => {
    expect(() => createMappedStream({ onFailureArn }).map()).toThrow(
      `DestinationConfig.OnFailure: destination ${onFailureArn} (${kind}) is not modelled by the emulator`,
    );
  });
});
