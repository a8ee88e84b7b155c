import { gzipSync } from 'node:zlib';
import { cbor, tag } from '@smithy/core/cbor';
import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';
import { createHttpFront } from './http-front.ts';

const START_SECONDS = START_MS / 1000;
const PATH = '/service/GraniteServiceVersion20100801/operation/';

function createClient() {
  const { world } = createTestAccount();
  const front = createHttpFront({
    gateway: world.gateway,
    region: 'us-east-1',
    findPrincipal: () => ({ kind: 'root' }),
  });
  const send = async (operation: string, input: object, headers: Record<string, string> = {}) => {
    const serialized = Buffer.from(cbor.serialize(input));
    const response = await world.clock.runUntilSettled(
      front.handle({
        method: 'POST',
        host: 'monitoring.us-east-1.amazonaws.com',
        path: operation.startsWith('/') ? operation : PATH + operation,
        query: {},
        headers: {
          authorization: 'AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/monitoring/aws4_request',
          'smithy-protocol': 'rpc-v2-cbor',
          'content-type': 'application/cbor',
          ...headers,
        },
        body: headers['content-encoding'] === 'gzip' ? gzipSync(serialized) : serialized,
      }),
    );
    return { ...response, output: cbor.deserialize(response.body) };
  };
  return { world, send };
}

const time = (seconds: number) => tag({ tag: 1, value: seconds });

describe('RPC v2 CBOR', () => {
  test('takes and gives times with their tag', async () => {
    const { send, world } = createClient();
    await send('PutMetricData', {
      Namespace: 'N',
      MetricData: [{ MetricName: 'M', Value: 2.5, Timestamp: time(START_SECONDS) }],
    });
    await world.clock.runUntil(START_MS + 600_000);

    const { status, headers, output } = await send('GetMetricStatistics', {
      Namespace: 'N',
      MetricName: 'M',
      StartTime: time(START_SECONDS),
      EndTime: time(START_SECONDS + 60),
      Period: 60,
      Statistics: ['Sum'],
    });

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' });
    expect(output).toMatchObject({
      Label: 'M',
      Datapoints: [{ Timestamp: { tag: 1, value: START_SECONDS }, Sum: 2.5, Unit: 'None' }],
    });
  });

  test('takes a compressed body', async () => {
    const { send } = createClient();

    const { status } = await send(
      'PutMetricData',
      { Namespace: 'N', MetricData: [{ MetricName: 'M', Value: 1 }] },
      { 'content-encoding': 'gzip' },
    );

    expect(status).toBe(200);
  });

  test('gives an error with its old code', async () => {
    const { send } = createClient();

    const { status, headers, output } = await send(
      'PutMetricData',
      { Namespace: 'N' },
      { 'x-amzn-query-mode': 'true' },
    );

    expect(status).toBe(400);
    expect(headers).toMatchObject({ 'x-amzn-query-error': 'InvalidParameterValue;Sender' });
    expect(output).toMatchObject({ __type: 'InvalidParameterValueException' });
  });

  test.each(['/', '/service/Other/operation/ListMetrics'])('refuses the path %s', async (path) => {
    const { send } = createClient();

    expect((await send(path, {})).output).toMatchObject({ __type: 'UnknownOperationException' });
  });
});
