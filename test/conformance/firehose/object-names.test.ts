// Rule: an object is named by its evaluated prefix, stream, version and time; timestamps are those of its oldest record.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html

import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';
import { parseErrorOutputPrefix, parsePrefix } from '../../../emulator/firehose/prefix-expression.ts';

const VALUES = {
  oldestMs: Date.UTC(2018, 7, 27, 10, 30, 5),
  errorOutputType: 'processing-failed',
  createRandomString: () => '5abf82daaa5',
};

describe('Prefix', () => {
  test.each([
    ['', '2018/08/27/10/'],
    ['data', 'data2018/08/27/10/'],
    ['data/', 'data/2018/08/27/10/'],
    ['!{timestamp:yyyy/MM/dd}/', '2018/08/27/'],
    ['rand=!{firehose:random-string}/', 'rand=5abf82daaa5/2018/08/27/10/'],
    [
      'DeliveredYear=!{timestamp:yyyy}/anyMonth/rand=!{firehose:random-string}',
      'DeliveredYear=2018/anyMonth/rand=5abf82daaa5',
    ],
    ['a!b{c}/!{timestamp:HH}', 'a!b{c}/10'],
  ])('%j is %s', (prefix, expected) => {
    expect(parsePrefix(prefix).render(VALUES)).toBe(expected);
  });

  test.each([
    ['!{firehose:error-output-type}/', "Prefix can't contain !{firehose:error-output-type}"],
    ['!{timestamp:yyyy', 'Prefix has !{ outside of an expression'],
    ['!{colour:red}/', 'Prefix has an expression that does not exist: !{colour:red}'],
    ['!{firehose:colour}/', 'Prefix has an expression that does not exist: !{firehose:colour}'],
    ['x'.repeat(499), 'Prefix has 513 characters when evaluated; at most 512 are allowed'],
  ])('%j is refused', (prefix, message) => {
    expect(() => parsePrefix(prefix)).toThrow(
      expect.objectContaining({ code: 'InvalidArgumentException', message: expect.stringContaining(message) }),
    );
  });

  test.each(['!{partitionKeyFromQuery:id}/', '!{partitionKeyFromLambda:id}/'])('%j is refused by name', (prefix) => {
    expect(() => parsePrefix(prefix)).toThrow(`Firehose: Prefix expression ${prefix.slice(0, -1)} is not modelled`);
  });

  test('may have 512 characters when evaluated', () => {
    expect(parsePrefix('x'.repeat(498)).render(VALUES)).toHaveLength(512);
  });
});

describe('ErrorOutputPrefix', () => {
  test.each([
    [undefined, 'data/', 'data/processing-failed/2018/08/27/10/'],
    ['errors/', 'data/', 'errors/processing-failed/2018/08/27/10/'],
    ['errors/', '!{timestamp:yyyy}/', 'errors/processing-failed/2018/08/27/10/'],
    ['errors/!{firehose:error-output-type}/', '', 'errors/processing-failed/'],
    [
      "errors/!{timestamp:'year='yyyy'/month='MM}/!{firehose:error-output-type}/",
      '',
      'errors/year=2018/month=08/processing-failed/',
    ],
  ])('%j with prefix %j is %s', (errorOutputPrefix, prefix, expected) => {
    expect(parseErrorOutputPrefix(errorOutputPrefix, prefix).render(VALUES)).toBe(expected);
  });

  test.each([
    [undefined, '!{timestamp:yyyy}/', "ErrorOutputPrefix can't be null when Prefix contains expressions"],
    ['errors/!{timestamp:yyyy}/', '', 'must have !{firehose:error-output-type} among them'],
  ])('%j with prefix %j is refused', (errorOutputPrefix, prefix, message) => {
    expect(() => parseErrorOutputPrefix(errorOutputPrefix, prefix)).toThrow(message);
  });
});

describe('an object', () => {
  test('is named by prefix, hour, stream, version and second', async () => {
    const stream = createTestStream();

    await stream.put('a');
    await stream.pass(90_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/^data\/2026\/01\/01\/00\/stream-1-2026-01-01-00-00-00-[0-9a-f-]{36}$/);
  });

  test('can be compressed, with delimiters, under an extension of its own', async () => {
    const stream = createTestStream({
      transform: false,
      destination: {
        CompressionFormat: 'GZIP',
        FileExtension: '.ndjson.gz',
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      },
    });

    await stream.put('a', 'b');
    await stream.pass(90_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/\.ndjson\.gz$/);
    expect(gunzipSync(await stream.read(object?.Key ?? '')).toString()).toBe('a\nb\n');
  });
});
