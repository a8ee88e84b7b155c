// Rule: a function transforms batches, synchronously and five at a time, and says of each record whether it is Ok, Dropped or
//   ProcessingFailed; what failed is stored below the error prefix.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html

import { describe, expect, test } from 'vitest';
import { createTestStream, ECHO } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('a transform', () => {
  test('leaves out what the function drops', async () => {
    const stream = createTestStream({ result: '"Dropped"' });

    await stream.put('a');
    await stream.pass(120_000);

    expect(await stream.list()).toEqual([]);
  });

  const answer = (body: string) => `exports.handler = async ({ records }) => { console.log(records.length); ${body} };`;

  test.each([
    [
      'a record that it could not process',
      ECHO.replace('RESULT', '"ProcessingFailed"'),
      'Lambda.ProcessingFailedStatus',
      1,
    ],
    ['an error', answer('throw new Error("no");'), 'Lambda.FunctionError', 4],
    ['something else', answer('return { colour: "red" };'), 'Lambda.JsonProcessingException', 4],
    ['a result that does not exist', ECHO.replace('RESULT', '"Fine"'), 'Lambda.JsonProcessingException', 4],
    ['no record', answer('return { records: [] };'), 'Lambda.MissingRecordId', 1],
    [
      'a record twice',
      answer('return { records: [...records, ...records].map((record) => ({ ...record, result: "Ok" })) };'),
      'Lambda.DuplicatedRecordId',
      1,
    ],
  ])('that answers %s has the record stored as it came in', async (_what, code, errorCode, attemptsMade) => {
    const stream = createTestStream({ code });

    await stream.put('a');
    const arrivedMs = Math.floor(stream.world.clock.now());
    await stream.pass(120_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/^errors\/processing-failed\/2026\/01\/01\/00\/stream-1-/);
    const [line = ''] = await stream.readAll();
    expect(line).toMatch(/^\{.*\}\n$/);
    const failed = JSON.parse(line);
    expect(failed).toEqual({
      attemptsMade,
      arrivalTimestamp: arrivedMs,
      errorCode,
      errorMessage: expect.stringMatching(/./),
      attemptEndingTimestamp: expect.any(Number),
      rawData: Buffer.from('a').toString('base64'),
      lambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:tested',
    });
    expect(failed.attemptEndingTimestamp).toBeGreaterThan(arrivedMs + 10_000);
    expect(stream.invocations).toHaveLength(attemptsMade);
  });

  test('that cannot be reached is tried as often as the processor says', async () => {
    const stream = createTestStream();
    await stream.call('UpdateDestination', {
      CurrentDeliveryStreamVersionId: '1',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: {
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'Lambda',
              Parameters: [
                { ParameterName: 'LambdaArn', ParameterValue: 'arn:aws:lambda:us-east-1:000000000000:function:gone' },
                { ParameterName: 'NumberOfRetries', ParameterValue: '1' },
                { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '0' },
              ],
            },
          ],
        },
      },
    });
    await stream.pass(300_000);

    await stream.put('a');
    await stream.pass(120_000);

    expect(JSON.parse((await stream.readAll())[0] ?? '')).toMatchObject({
      attemptsMade: 2,
      errorCode: 'Lambda.ResourceNotFound',
    });
  });

  test('keeps the good records of a batch apart from the bad ones', async () => {
    const code = `exports.handler = async ({ records }) => ({
      records: records.map(({ recordId, data }, index) => ({
        recordId,
        data,
        result: ['Ok', 'ProcessingFailed', 'Dropped'][index],
        metadata: { partitionKeys: { ignored: 'x' } },
      })),
    });`;
    const stream = createTestStream({ code });

    await stream.put('good', 'bad', 'dropped');
    await stream.pass(120_000);

    const texts = await stream.readAll();
    expect(texts[0]).toBe('good');
    expect(JSON.parse(texts[1] ?? '')).toMatchObject({ rawData: Buffer.from('bad').toString('base64') });
    expect(texts).toHaveLength(2);
  });
});

describe('a function', () => {
  test('gets the documented event', async () => {
    const code = `exports.handler = async (event) => {
      console.log(JSON.stringify(event));
      return { records: [] };
    };`;
    const stream = createTestStream({ code, transform: { seconds: 0 } });

    await stream.put('hello');
    await stream.pass(5000);

    expect(JSON.parse(stream.services.lambda.logsOf('tested')[0] ?? '')).toEqual({
      invocationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      deliveryStreamArn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/stream',
      region: 'us-east-1',
      records: [
        {
          recordId: expect.stringMatching(/^\d+$/),
          approximateArrivalTimestamp: expect.any(Number),
          data: Buffer.from('hello').toString('base64'),
        },
      ],
    });
  });

  test('has five invocations under way at most', async () => {
    const code = `exports.handler = ({ records }) => new Promise((resolve) => setTimeout(() => resolve({
      records: records.map(({ recordId, data }) => ({ recordId, data, result: 'Ok' })),
    }), 20_000));`;
    const stream = createTestStream({ code, transform: { seconds: 0 } });

    for (let index = 0; index < 7; index++) await stream.put(String(index));
    await stream.pass(120_000);

    const starts = stream.invocations.map(({ startMs }) => startMs).sort((a, b) => a - b);
    const [first = 0] = starts;
    expect(starts.map((startMs) => Math.floor((startMs - first) / 20_000))).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });
});
