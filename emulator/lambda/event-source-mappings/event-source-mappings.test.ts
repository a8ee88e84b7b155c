// Settings of mappings: what is refused, what is told of them, and when a change comes into force.

import { describe, expect, test } from 'vitest';
import { createAccount, fault, ofQueue, ofStream, QUEUE, STREAM } from './create-test-mappings.fixture.ts';

describe('UpdateEventSourceMapping', () => {
  test('takes a while, in which nothing has changed yet and nothing else can be changed', async () => {
    const { create, call, pass, services } = createAccount();
    const UUID = create(ofQueue);

    const updating = await call('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 5 });
    const { settings } = services.lambda.mappings.find(UUID);
    const again = call('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 6 });
    await expect(again).rejects.toMatchObject({ code: 'ResourceInUseException' });
    await pass(120_000);
    const enabled = await call('lambda', 'GetEventSourceMapping', { UUID });

    expect(updating).toMatchObject({ State: 'Updating', BatchSize: 5 });
    expect(settings.batchSize).toBe(10);
    expect(enabled).toMatchObject({ State: 'Enabled', BatchSize: 5, MaximumBatchingWindowInSeconds: 0 });
    expect(services.lambda.mappings.find(UUID).settings.batchSize).toBe(5);
  });

  test('changes what is given and keeps the rest', async () => {
    const { create, call, pass } = createAccount();
    const UUID = create({ ...ofQueue, windowSeconds: 7 });

    await call('lambda', 'UpdateEventSourceMapping', {
      UUID,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
    await pass(120_000);
    await call('lambda', 'UpdateEventSourceMapping', { UUID, FunctionResponseTypes: [], Enabled: true });
    await pass(120_000);

    expect(await call('lambda', 'GetEventSourceMapping', { UUID })).toMatchObject({
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 7,
      FunctionResponseTypes: [],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
    await call('lambda', 'UpdateEventSourceMapping', { UUID, ScalingConfig: {} });
    expect(await call('lambda', 'GetEventSourceMapping', { UUID })).not.toHaveProperty('ScalingConfig');
  });

  test.each([
    [{ BatchSize: 11 }, 'Maximum batch window in seconds must be greater than 0'],
    [
      { MaximumBatchingWindowInSeconds: 301 },
      fault(301, 'maximumBatchingWindowInSeconds', 'less than or equal to 300'),
    ],
    [{ ParallelizationFactor: 2 }, 'ParallelizationFactor is not valid for a queue'],
    [{ FilterCriteria: {} }, 'UpdateEventSourceMapping: parameter FilterCriteria is not modelled'],
  ])('refuses %o', async (changes, message) => {
    const { create, call } = createAccount();

    await expect(call('lambda', 'UpdateEventSourceMapping', { UUID: create(ofQueue), ...changes })).rejects.toThrow(
      message,
    );
  });

  test('of no mapping is refused', async () => {
    const { call } = createAccount();

    await expect(call('lambda', 'UpdateEventSourceMapping', { UUID: 'x' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
  });
});

describe('GetEventSourceMapping', () => {
  test("describes a stream's mapping with AWS's defaults", async () => {
    const { create, call } = createAccount();
    const UUID = create(ofStream);

    expect(await call('lambda', 'GetEventSourceMapping', { UUID })).toMatchObject({
      UUID,
      EventSourceArn: STREAM,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`,
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tested',
      State: 'Enabled',
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: false,
    });
  });
});

describe('ListEventSourceMappings', () => {
  test('finds mappings by source and by function, page by page', async () => {
    const { create, call, createFunction } = createAccount();
    createFunction('exports.handler = async () => {};', { name: 'other' });
    const [queue, stream, other] = [create(ofQueue), create(ofStream), create({ ...ofQueue, functionName: 'other' })];
    const list = async (input: object) => {
      const { EventSourceMappings, NextMarker } = await call('lambda', 'ListEventSourceMappings', input);
      return { uuids: (EventSourceMappings as { UUID: string }[]).map(({ UUID }) => UUID), NextMarker };
    };

    expect(await list({})).toEqual({ uuids: [queue, stream, other], NextMarker: undefined });
    expect((await list({ EventSourceArn: QUEUE })).uuids).toEqual([queue, other]);
    expect((await list({ FunctionName: 'other' })).uuids).toEqual([other]);
    const first = await list({ MaxItems: 2 });
    expect(first.uuids).toEqual([queue, stream]);
    expect(await list({ MaxItems: 2, Marker: first.NextMarker })).toEqual({ uuids: [other], NextMarker: undefined });
    await expect(list({ Marker: 'x' })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });
});
