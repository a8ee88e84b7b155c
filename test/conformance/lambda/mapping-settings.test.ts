// Rule: Lambda refuses settings of a mapping that are out of range, or that its source does not take.
// Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import {
  createAccount,
  fault,
  ofQueue,
  ofStream,
  QUEUE,
  STREAM,
} from '../../../emulator/lambda/event-source-mappings/create-test-mappings.fixture.ts';

describe('a mapping', () => {
  test.each([
    ['batchSize', 0, fault(0, 'batchSize', 'greater than or equal to 1')],
    ['batchSize', 10_001, fault(10_001, 'batchSize', 'less than or equal to 10000')],
    ['windowSeconds', -1, fault(-1, 'maximumBatchingWindowInSeconds', 'greater than or equal to 0')],
    ['windowSeconds', 301, fault(301, 'maximumBatchingWindowInSeconds', 'less than or equal to 300')],
    ['maximumConcurrency', 1, fault(1, 'scalingConfig.maximumConcurrency', 'greater than or equal to 2')],
    ['maximumConcurrency', 1001, fault(1001, 'scalingConfig.maximumConcurrency', 'less than or equal to 1000')],
  ])('of a queue with %s %i is refused', (name, value, message) => {
    expect(() => createAccount().create({ ...ofQueue, windowSeconds: 1, [name]: value })).toThrow(
      expect.objectContaining({ code: 'ValidationException', message }),
    );
  });

  test.each([
    { batchSize: 1 },
    { batchSize: 10_000, windowSeconds: 1 },
    { windowSeconds: 300 },
    { maximumConcurrency: 2 },
    { maximumConcurrency: 1000 },
  ])('of a queue with %o is taken', (settings) => {
    expect(createAccount().create({ ...ofQueue, ...settings })).toEqual(expect.any(String));
  });

  test.each([
    [
      'of a queue with more than ten messages and no window',
      { ...ofQueue, batchSize: 11 },
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    ['of a queue with a position', { ...ofStream, eventSourceArn: QUEUE }, 'StartingPosition is not valid for a queue'],
    [
      'of a queue with retries',
      { ...ofQueue, maximumRetryAttempts: 1 },
      'MaximumRetryAttempts is not valid for a queue',
    ],
    [
      'of a stream without a position',
      { ...ofQueue, eventSourceArn: STREAM },
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    [
      'of a stream with a concurrency',
      { ...ofStream, maximumConcurrency: 2 },
      'ScalingConfig is not valid for a stream',
    ],
    [
      'of a FIFO queue with a window',
      { ...ofQueue, eventSourceArn: `${QUEUE}.fifo`, windowSeconds: 1 },
      'Batching window is not supported for FIFO queues',
    ],
    [
      'of a FIFO queue with more than ten messages',
      { ...ofQueue, eventSourceArn: `${QUEUE}.fifo`, batchSize: 11 },
      'Batch size must not be greater than 10 for FIFO queues',
    ],
    [
      'of a consumer',
      { ...ofStream, eventSourceArn: `${STREAM}/consumer/c:1` },
      'enhanced fan-out (a consumer as event source) is not modelled',
    ],
    [
      'of a table',
      { ...ofQueue, eventSourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s' },
      'event source mapping of tested: event source dynamodb is not modelled',
    ],
    ['to no function', { ...ofQueue, functionName: 'other' }, 'Function not found'],
  ])('%s is refused', (_what, props, message) => {
    expect(() => createAccount().create(props)).toThrow(message);
  });

  test('of a stream may have a large batch and no window', () => {
    expect(createAccount().create({ ...ofStream, batchSize: 10_000 })).toEqual(expect.any(String));
  });

  test.each([
    ['maximumRetryAttempts', -2, fault(-2, 'maximumRetryAttempts', 'greater than or equal to -1')],
    ['maximumRetryAttempts', 10_001, fault(10_001, 'maximumRetryAttempts', 'less than or equal to 10000')],
    ['maximumRecordAgeSeconds', 604_801, fault(604_801, 'maximumRecordAgeInSeconds', 'less than or equal to 604800')],
    ['parallelizationFactor', 0, fault(0, 'parallelizationFactor', 'greater than or equal to 1')],
    ['parallelizationFactor', 11, fault(11, 'parallelizationFactor', 'less than or equal to 10')],
  ])('of a stream with %s %i is refused', (name, value, message) => {
    expect(() => createAccount().create({ ...ofStream, [name]: value })).toThrow(
      expect.objectContaining({ code: 'ValidationException', message }),
    );
  });

  test.each([0, 59])('of a stream with a record age of %i s is refused, although the range has it', (seconds) => {
    expect(() => createAccount().create({ ...ofStream, maximumRecordAgeSeconds: seconds })).toThrow(
      'MaximumRecordAgeInSeconds must be -1 or at least 60',
    );
  });

  test.each([
    { maximumRecordAgeSeconds: -1, maximumRetryAttempts: -1 },
    { maximumRecordAgeSeconds: 60, maximumRetryAttempts: 10_000 },
    { maximumRecordAgeSeconds: 604_800, parallelizationFactor: 10 },
  ])('of a stream with %o is taken', (settings) => {
    expect(createAccount().create({ ...ofStream, ...settings })).toEqual(expect.any(String));
  });

  test.each([
    ['AT_TIMESTAMP without one', { startingPosition: 'AT_TIMESTAMP' }, 'goes with StartingPosition AT_TIMESTAMP'],
    ['LATEST with one', { startingPosition: 'LATEST', startingTimestampMs: 0 }, 'goes with StartingPosition'],
    ['one to come', { startingPosition: 'AT_TIMESTAMP', startingTimestampMs: 8e12 }, 'cannot be in the future'],
  ] as const)('of a stream with a timestamp, %s, is refused', (_what, position, message) => {
    expect(() => createAccount().create({ ...ofStream, ...position })).toThrow(message);
  });

  test('that is there already is refused', () => {
    const { create } = createAccount();
    const uuid = create(ofQueue);

    expect(() => create({ ...ofQueue, batchSize: 5 })).toThrow(
      `provided mapping already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    );
  });

  test('of a queue whose messages come back while the function may still run stops the run', async () => {
    const account = createTestAccount();
    account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 29 });
    account.createFunction('exports.handler = async () => {};');
    account.services.lambda.mappings.create(ofQueue);

    await expect(account.pass(1000)).rejects.toThrow(
      'Queue visibility timeout: 29 seconds is less than Function timeout: 30 seconds',
    );
  });
});
