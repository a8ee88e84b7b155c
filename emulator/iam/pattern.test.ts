import { describe, expect, it } from 'vitest';
import { compileArnPattern, compilePattern } from './pattern.ts';

describe('compilePattern', () => {
  it.each([
    ['s3:PutObject', 's3:PutObject', true],
    ['s3:PutObject', 's3:PutObjectAcl', false],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get*', 's3:Get', true],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:Get?bject', 's3:Getbject', false],
    ['*', 'anything', true],
    ['*', '*', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/b:c', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['a.c', 'abc', false],
    ['a(b)[c]$', 'a(b)[c]$', true],
  ])('%s on %s gives %s', (pattern, value, expected) => {
    expect(compilePattern(pattern).matches(value)).toBe(expected);
  });

  it('heeds case unless told otherwise', () => {
    expect(compilePattern('S3:putobject').matches('s3:PutObject')).toBe(false);
    expect(compilePattern('S3:putobject', { ignoreCase: true }).matches('s3:PutObject')).toBe(true);
  });
});

describe('compileArnPattern', () => {
  it.each([
    ['arn:aws:events:*:*:rule/*', 'arn:aws:events:us-east-1:000000000000:rule/bus/rule', true],
    ['arn:aws:lambda:us-east-1:000000000000:*', 'arn:aws:lambda:us-east-1:000000000000:function:f', true],
    ['arn:aws:*:rule/*', 'arn:aws:events:us-east-1:000000000000:rule/bus/rule', false],
    ['arn:aws:events:*', 'arn:aws:events:us-east-1:000000000000:rule/bus/rule', false],
  ])('%s on %s gives %s', (pattern, value, expected) => {
    expect(compileArnPattern(pattern).matches(value)).toBe(expected);
  });
});

describe('a literal part', () => {
  it.each([
    ['a*c', true],
    ['abc', false],
  ])('takes its wildcards for what they are: %s matches a*c: %s', (value, expected) => {
    const parts = [
      { kind: 'pattern', text: 'a' },
      { kind: 'literal', text: '*' },
      { kind: 'pattern', text: 'c' },
    ] as const;

    expect(compilePattern(parts).matches(value)).toBe(expected);
  });

  it('may hold several parts of an ARN', () => {
    const pattern = compileArnPattern([
      { kind: 'literal', text: 'arn:aws:iam::000000000000:role' },
      { kind: 'pattern', text: '/*' },
    ]);

    expect(pattern.matches('arn:aws:iam::000000000000:role/a:b')).toBe(true);
    expect(pattern.matches('arn:aws:iam::111111111111:role/a')).toBe(false);
  });
});
