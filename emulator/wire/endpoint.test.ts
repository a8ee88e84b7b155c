import { describe, expect, test } from 'vitest';
import { ENDPOINT_NAMES, parseEndpoint } from './endpoint.ts';

describe('parseEndpoint', () => {
  test.each(ENDPOINT_NAMES)('knows %s in any Region', (name) => {
    expect(parseEndpoint(`${name}.us-gov-west-1.amazonaws.com`)).toEqual({ name, region: 'us-gov-west-1' });
  });

  test.each([
    ['bucket.s3.eu-west-2.amazonaws.com', { name: 's3', region: 'eu-west-2', bucket: 'bucket' }],
    ['s3.amazonaws.com', { name: 's3', region: 'us-east-1' }],
    ['bucket.s3.amazonaws.com', { name: 's3', region: 'us-east-1', bucket: 'bucket' }],
    ['a.dotted-bucket.s3.us-east-1.amazonaws.com', { name: 's3', region: 'us-east-1', bucket: 'a.dotted-bucket' }],
    ['sqs.us-east-1.amazonaws.com', { name: 'sqs', region: 'us-east-1' }],
  ])('reads %s', (host, endpoint) => {
    expect(parseEndpoint(host)).toEqual(endpoint);
  });

  test.each([
    'example.com',
    'localhost',
    'dynamodb.us-east-1.amazonaws.com',
    'sqs.amazonaws.com',
    'bucket.s3.us-east-1.amazonaws.com.example.com',
    'amazonaws.com',
    'kinesis.us-east-1.emulator.invalid',
    '169.254.169.254',
  ])('refuses %s by name', (host) => {
    expect(() => parseEndpoint(host)).toThrow(`${host} is no endpoint of the emulator, and it can never reach AWS`);
  });

  test('refuses a request without a host', () => {
    expect(() => parseEndpoint('')).toThrow('a request without a host is no endpoint of the emulator');
  });
});
