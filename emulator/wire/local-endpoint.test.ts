import { describe, expect, test } from 'vitest';
import { parseLocalEndpoint } from './local-endpoint.ts';

const parse = (host: string, service?: string) =>
  parseLocalEndpoint(
    { method: 'GET', host, path: '/', query: {}, headers: {}, body: Buffer.alloc(0) },
    service === undefined ? undefined : { service, region: 'eu-west-1', accessKeyId: 'AKIA' },
    'us-east-1',
  );

describe('parseLocalEndpoint', () => {
  test('takes service and Region from the signature', () => {
    expect(parse('127.0.0.1', 'states')).toEqual({ name: 'states', region: 'eu-west-1' });
  });

  test('takes what is not signed for S3', () => {
    expect(parse('127.0.0.1')).toEqual({ name: 's3', region: 'us-east-1' });
  });

  test.each([
    ['localhost', undefined],
    ['s3.localhost', undefined],
    ['bucket.localhost', 'bucket'],
    ['bucket.s3.localhost', 'bucket'],
    ['a.dotted-bucket.localhost', 'a.dotted-bucket'],
  ])('finds the bucket in %s: %s', (host, bucket) => {
    expect(parse(host, 's3')).toEqual({ name: 's3', region: 'eu-west-1', ...(bucket && { bucket }) });
  });

  test('knows no service that is not modelled', () => {
    expect(parse('localhost', 'dynamodb')).toBeUndefined();
  });
});
