import { describe, expect, test } from 'vitest';
import { parseChunkedBody } from './aws-chunked.ts';

const parse = (text: string) => parseChunkedBody(Buffer.from(text));

describe('parseChunkedBody', () => {
  test('puts chunks together and reads the trailers behind them', () => {
    const { body, trailers } = parse('2\r\nab\r\n3\r\nc\r\n\r\n0\r\nX-Amz-Checksum-CRC32:AAAA==\r\n\r\n');

    expect(body.toString()).toBe('abc\r\n');
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAA==' });
  });

  test('reads sizes in hexadecimal, with or without a signature', () => {
    const { body } = parse(`1A;chunk-signature=00\r\n${'x'.repeat(26)}\r\n0;chunk-signature=00\r\n\r\n`);

    expect(body).toHaveLength(26);
  });

  test('takes an empty body', () => {
    expect(parse('0\r\n\r\n')).toEqual({ body: Buffer.alloc(0), trailers: {} });
  });

  test.each([
    ['nothing', ''],
    ['a chunk without a size', 'ab\n'],
    ['a size that is no number', 'zz\r\nab\r\n0\r\n\r\n'],
    ['a chunk that is shorter than it says', '5\r\nab\r\n0\r\n\r\n'],
    ['a chunk that is longer than it says', '1\r\nab\r\n0\r\n\r\n'],
    ['no last chunk', '2\r\nab\r\n'],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'IncompleteBody' }));
  });
});
