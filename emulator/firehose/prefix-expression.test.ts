import { describe, expect, test } from 'vitest';
import { parseErrorOutputPrefix, parsePrefix } from './prefix-expression.ts';

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
