import { describe, expect, test } from 'vitest';
import { parseQueryForm } from './query-form.ts';

describe('parseQueryForm', () => {
  test.each([
    ['Action=A&Version=1', { Action: 'A', Version: '1' }],
    ['Name=%C3%BC+%26', { Name: 'ü &' }],
    ['Config.Mode=STANDARD', { Config: { Mode: 'STANDARD' } }],
    ['Names.member.1=a&Names.member.2=b', { Names: ['a', 'b'] }],
    ['Names.member.10=j&Names.member.2=b', { Names: ['b', 'j'] }],
    ['Tags.member.1.Key=k&Tags.member.1.Value=v', { Tags: [{ Key: 'k', Value: 'v' }] }],
    ['Tags=', { Tags: '' }],
    ['', {}],
  ])('reads %s', (text, expected) => {
    expect(parseQueryForm(text)).toEqual(expected);
  });

  test.each(['A=1&A=2', 'A=1&A.member.1=2', 'A.member.1=2&A=1'])('refuses %s', (text) => {
    expect(() => parseQueryForm(text)).toThrow('The query string is malformed');
  });

  test('refuses more fields than any request has', () => {
    const text = Array.from({ length: 10_001 }, (_, index) => `A${index}=1`).join('&');

    expect(() => parseQueryForm(text)).toThrow('it has more than 10000 fields');
  });

  test('takes a field for its name, whatever objects inherit', () => {
    expect(parseQueryForm('__proto__.polluted=1')).not.toHaveProperty('polluted');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});
