// Rule: a mapping is Creating until it is Enabled or Disabled, Updating, Enabling or Disabling until a change is in force, and Deleting
//   until it is gone; it polls from Enabled on, and not any more from Disabled on.
// Source: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html

import { describe, expect, test } from 'vitest';
import {
  createMappedQueue,
  QUEUE_ARN,
  QueueUrl,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';
import {
  createMappedStream,
  STREAM_ARN,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-stream.fixture.ts';

const SETTLING_MS = 180_000;

describe('a new mapping', () => {
  test.each([
    ['Enabled', {}],
    ['Disabled', { Enabled: false }],
  ])('is Creating, and then %s', async (settled, input) => {
    const stream = createMappedStream();
    await stream.put(1);

    const created = await stream.call('lambda', 'CreateEventSourceMapping', {
      EventSourceArn: STREAM_ARN,
      FunctionName: 'tested',
      StartingPosition: 'TRIM_HORIZON',
      ...input,
    });
    await stream.pass(1000);
    const early = stream.batches();
    await stream.pass(SETTLING_MS);
    const { State } = await stream.call('lambda', 'GetEventSourceMapping', { UUID: created.UUID });

    expect(created).toMatchObject({ State: 'Creating', BatchSize: 100, LastProcessingResult: 'No records processed' });
    expect(early).toEqual([]);
    expect(State).toBe(settled);
    expect(stream.batches()).toEqual(settled === 'Enabled' ? ['0'] : []);
  });

  test('that begins at LATEST misses what comes while it is Creating', async () => {
    const stream = createMappedStream();
    await stream.call('lambda', 'CreateEventSourceMapping', {
      EventSourceArn: STREAM_ARN,
      FunctionName: 'tested',
      StartingPosition: 'LATEST',
    });

    await stream.put(1);
    await stream.pass(SETTLING_MS);
    await stream.put(1);
    await stream.pass(5000);

    expect(stream.batches()).toEqual(['1']);
  });

  test.each([
    [
      'queue',
      QUEUE_ARN,
      {},
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue',
    ],
    ['stream', STREAM_ARN, { StartingPosition: 'LATEST' }, `Stream not found: ${STREAM_ARN}`],
  ])('of a %s that is not there is refused', async (_kind, arn, input, message) => {
    const { call } = createMappedStream();

    const creating = call('lambda', 'CreateEventSourceMapping', {
      EventSourceArn: `${arn}-absent`,
      FunctionName: 'tested',
      ...input,
    });

    await expect(creating).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  test('of a queue whose messages come back while the function may still run is refused', async () => {
    const { call, services } = createMappedStream();
    services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 29 });

    const creating = call('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE_ARN, FunctionName: 'tested' });

    await expect(creating).rejects.toThrow(
      'Queue visibility timeout: 29 seconds is less than Function timeout: 30 seconds',
    );
  });
});

describe('a mapping of a queue', () => {
  test('that is disabled receives nothing until it is enabled again', async () => {
    const queue = createMappedQueue();

    const disabling = await queue.update({ Enabled: false });
    await queue.pass(SETTLING_MS);
    const disabled = await queue.state();
    const receives = queue.countCalls('ReceiveMessage');
    await queue.send(3);
    await queue.pass(SETTLING_MS);
    const between = { sizes: queue.sizes(), receives: queue.countCalls('ReceiveMessage') };
    const enabling = await queue.update({ Enabled: true });
    await queue.pass(SETTLING_MS);

    expect([disabling.State, disabled, enabling.State, await queue.state()]).toEqual([
      'Disabling',
      'Disabled',
      'Enabling',
      'Enabled',
    ]);
    expect(between).toEqual({ sizes: [], receives });
    expect(queue.sizes().reduce((total, size) => total + size, 0)).toBe(3);
  });

  test('that is updated while it is Disabled stays so', async () => {
    const queue = createMappedQueue({ enabled: false });

    const updating = await queue.update({ BatchSize: 5 });
    await queue.pass(SETTLING_MS);

    expect(updating.State).toBe('Updating');
    expect(await queue.call('lambda', 'GetEventSourceMapping', { UUID: queue.UUID })).toMatchObject({
      State: 'Disabled',
      BatchSize: 5,
    });
    expect(queue.countCalls('ReceiveMessage')).toBe(0);
  });

  test('is Deleting and then gone, and polls no more', async () => {
    const queue = createMappedQueue();
    const { UUID } = queue;
    await queue.pass(1000);

    const deleting = await queue.call('lambda', 'DeleteEventSourceMapping', { UUID });
    const again = queue.call('lambda', 'DeleteEventSourceMapping', { UUID });
    await expect(again).rejects.toMatchObject({
      code: 'ResourceInUseException',
      message: 'Cannot delete the event source mapping because it is in use.',
    });
    await queue.pass(SETTLING_MS);
    const receives = queue.countCalls('ReceiveMessage');
    await queue.send(1);
    await queue.pass(SETTLING_MS);

    expect(deleting.State).toBe('Deleting');
    await expect(queue.state()).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    expect(queue.countCalls('ReceiveMessage')).toBe(receives);
    expect(queue.sizes()).toEqual([]);
  });
});

describe('a mapping of a queue that is deleted', () => {
  test('looks for it once a minute, and goes on when it is there again', async () => {
    const queue = createMappedQueue();
    await queue.pass(1000);

    queue.services.sqs.removeQueue(QueueUrl);
    await queue.pass(300_000);
    queue.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 60 });
    await queue.send(3);
    await queue.pass(120_000);

    expect(queue.sizes().reduce((total, size) => total + size, 0)).toBe(3);
  });
});

describe('a mapping of a stream', () => {
  test('goes on from where it was disabled', async () => {
    const stream = createMappedStream();
    const { uuid: UUID } = stream.map();
    await stream.put(2);
    await stream.pass(5000);

    await stream.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false });
    await stream.pass(SETTLING_MS);
    await stream.put(2);
    await stream.pass(SETTLING_MS);
    const between = stream.batches();
    await stream.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    await stream.pass(SETTLING_MS);

    expect(between).toEqual(['0,1']);
    expect(stream.batches()).toEqual(['0,1', '2,3']);
  });

  test('keeps a batch that is on its way to be tried again', async () => {
    const stream = createMappedStream({
      code: 'let n = 0; exports.handler = async (event) => { if (n++ === 0) throw new Error("no"); console.log(event.Records.length); };',
    });
    const { uuid: UUID } = stream.map();
    await stream.put(3);
    await stream.pass(1500);

    await stream.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false });
    await stream.pass(SETTLING_MS);
    const between = stream.invocations.length;
    await stream.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: true });
    await stream.pass(SETTLING_MS);

    expect(between).toBe(1);
    expect(stream.batches()).toEqual(['3']);
  });
});
