import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../create-test-account.fixture.ts';
import { provisionAlone } from '../provision-alone.ts';
import { createEventSourceMappingType } from './lambda-event-source-mapping.ts';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:queue';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';

function createType() {
  const account = createTestAccount();
  account.createFunction('exports.handler = async () => {};');
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  account.services.kinesis.createStream({ name: 'stream', shardCount: 1 });
  const type = createEventSourceMappingType(account.services.lambda, account.world.gateway);
  return {
    provision: (properties: object) => provisionAlone(type, { FunctionName: 'tested', ...properties }),
    read: (UUID: string) => account.call('lambda', 'GetEventSourceMapping', { UUID }),
  };
}

describe('AWS::Lambda::EventSourceMapping', () => {
  test.each([
    [
      'a queue',
      {
        EventSourceArn: QUEUE_ARN,
        BatchSize: '20',
        MaximumBatchingWindowInSeconds: 5,
        ScalingConfig: { MaximumConcurrency: '7' },
        MetricsConfig: { Metrics: ['EventCount'] },
        Enabled: 'false',
      },
      {
        BatchSize: 20,
        MaximumBatchingWindowInSeconds: 5,
        ScalingConfig: { MaximumConcurrency: 7 },
        MetricsConfig: { Metrics: ['EventCount'] },
        State: 'Disabled',
      },
    ],
    [
      'a stream',
      {
        EventSourceArn: STREAM_ARN,
        BisectBatchOnFunctionError: 'true',
        DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } },
        MaximumRecordAgeInSeconds: 60,
        ParallelizationFactor: 10,
        StartingPosition: 'AT_TIMESTAMP',
        StartingPositionTimestamp: '1000000000',
        Tags: [],
      },
      {
        BatchSize: 100,
        BisectBatchOnFunctionError: true,
        DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } },
        MaximumRecordAgeInSeconds: 60,
        ParallelizationFactor: 10,
        StartingPosition: 'AT_TIMESTAMP',
        StartingPositionTimestamp: 1_000_000_000,
        State: 'Enabled',
      },
    ],
  ])('takes the settings of %s', async (_source, properties, expected) => {
    const { provision, read } = createType();

    const { reference } = await provision(properties);

    expect(await read(reference)).toMatchObject(expected);
  });

  test.each([
    [{ FilterCriteria: { Filters: [] } }, 'property FilterCriteria is not modelled'],
    [{ ProvisionedPollerConfig: {} }, 'property ProvisionedPollerConfig is not modelled'],
    [{ TumblingWindowInSeconds: 1 }, 'property TumblingWindowInSeconds is not modelled'],
    [{ DestinationConfig: { OnSuccess: {} } }, 'property DestinationConfig.OnSuccess is not modelled'],
    [{ EventSourceArn: `${STREAM_ARN}/consumer/c:1` }, 'enhanced fan-out (a consumer as event source) is not modelled'],
    [
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } },
      'destination arn:aws:s3:::bucket (s3) is not modelled',
    ],
  ])('refuses %o by name', async (properties, message) => {
    const { provision } = createType();

    const provisioning = provision({ EventSourceArn: STREAM_ARN, StartingPosition: 'LATEST', ...properties });

    await expect(provisioning).rejects.toThrow(message);
  });
});
