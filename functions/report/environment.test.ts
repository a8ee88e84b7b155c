import { describe, expect, test } from 'vitest';
import { computeRunEnvironment, parseVariables } from './environment.ts';

const VARIABLES = {
  BUCKET_NAME: 'bucket',
  EVENT_BUS_NAME: 'bus',
  EVENT_RULE_NAME: 'rule',
  QUEUE_NAME: 'queue',
  STREAM_NAME: 'stream',
  DELIVERY_STREAM_NAME: 'delivery-stream',
  LANE_FUNCTIONS: '{"eventbridge":"a","sqs":"b","kinesis":"c","firehose":"d"}',
  AWS_REGION: 'us-east-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
};
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:report';

describe('computeRunEnvironment', () => {
  test('on AWS is the account of the function and its Region', () => {
    expect(computeRunEnvironment(parseVariables(VARIABLES), ARN)).toEqual({
      region: 'us-east-1',
      accountId: '123456789012',
      emulated: false,
    });
  });

  test('on the emulator has the seed', () => {
    const variables = parseVariables({ ...VARIABLES, AWS_EXECUTION_ENV: 'Emulated_AWS_Lambda_nodejs24.x/seed=42' });

    expect(computeRunEnvironment(variables, ARN)).toMatchObject({ emulated: true, seed: 42 });
  });
});

describe('parseVariables', () => {
  test.each([
    'BUCKET_NAME',
    'EVENT_BUS_NAME',
    'EVENT_RULE_NAME',
    'QUEUE_NAME',
    'STREAM_NAME',
    'DELIVERY_STREAM_NAME',
    'LANE_FUNCTIONS',
    'AWS_REGION',
  ])('refuses to go without %s', (name) => {
    expect(() => parseVariables({ ...VARIABLES, [name]: undefined })).toThrow(name);
  });

  test('refuses lane functions that lack a service', () => {
    expect(() => parseVariables({ ...VARIABLES, LANE_FUNCTIONS: '{"sqs":"b"}' })).toThrow('eventbridge');
  });
});
