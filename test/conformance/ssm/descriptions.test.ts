// Rule: DescribeParameters lists parameters that pass every filter, without their values, 50 a page at most.
// Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html

import { describe, expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

async function createSome() {
  const store = createTestStore();
  await store.put('/a/one');
  await store.put('/a/b/two', 'x', 'StringList');
  await store.put('three', 'x', 'SecureString');
  await store.call('PutParameter', { Name: '/four', Value: 'x', Type: 'String', Tier: 'Advanced' });
  return store;
}

const list = async (...ParameterFilters: object[]) =>
  (await createSome()).listNames('DescribeParameters', { ParameterFilters });

describe('a filter', () => {
  test.each([
    [{ Key: 'Name', Values: ['/a/one', 'three'] }, ['/a/one', 'three']],
    [{ Key: 'Name', Option: 'BeginsWith', Values: ['/a'] }, ['/a/b/two', '/a/one']],
    [{ Key: 'Name', Option: 'Contains', Values: ['o'] }, ['/a/b/two', '/a/one', '/four']],
    [{ Key: 'Type', Values: ['StringList', 'SecureString'] }, ['/a/b/two', 'three']],
    [{ Key: 'Tier', Values: ['Advanced'] }, ['/four']],
    [{ Key: 'DataType', Values: ['aws:ec2:image'] }, []],
    [{ Key: 'Path', Values: ['/a'] }, ['/a/one']],
    [{ Key: 'Path', Option: 'Recursive', Values: ['/a'] }, ['/a/b/two', '/a/one']],
  ])('%j gives %j', async (filter, expected) => {
    expect(await list(filter)).toEqual(expected);
  });

  test('must be passed together with every other', async () => {
    expect(await list({ Key: 'Type', Values: ['String'] }, { Key: 'Tier', Values: ['Standard'] })).toEqual(['/a/one']);
  });

  test.each([
    [{ Key: 'Size', Values: ['1'] }, 'InvalidFilterKey'],
    [{ Key: 'Type', Option: 'BeginsWith', Values: ['String'] }, 'InvalidFilterOption'],
    [{ Key: 'Type', Values: ['Number'] }, 'InvalidFilterValue'],
    [{ Key: 'Name' }, 'InvalidFilterValue'],
    [{ Key: 'Path', Values: ['a'] }, 'ValidationException'],
  ])('%j is refused with %s', async (filter, code) => {
    await expect(list(filter)).rejects.toMatchObject({ code });
  });

  test.each(['tag:team', 'KeyId', 'Label'])('%s is refused by name', async (Key) => {
    await expect(list({ Key, Values: ['x'] })).rejects.toThrow(`the filter ${Key} is not modelled by the emulator`);
  });
});

test('a description has everything but the value', async () => {
  const { call } = createTestStore();
  await call('PutParameter', { Name: '/a', Value: '1', Type: 'String', Description: 'first' });

  expect(await call('DescribeParameters', {})).toEqual({
    Parameters: [
      {
        Name: '/a',
        ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/a',
        Type: 'String',
        LastModifiedDate: expect.any(Number),
        LastModifiedUser: 'arn:aws:iam::000000000000:root',
        Description: 'first',
        Version: 1,
        Tier: 'Standard',
        Policies: [],
        DataType: 'text',
      },
    ],
  });
});

test.each([
  [2, [2, 2]],
  [3, [3, 1]],
  [50, [4]],
])('pages of %i hold %j', async (MaxResults, expected) => {
  const pages = await (await createSome()).listPages('DescribeParameters', { MaxResults });

  expect(pages.map((page) => page.length)).toEqual(expected);
});

test('a page of 51 is refused', async () => {
  await expect(createTestStore().call('DescribeParameters', { MaxResults: 51 })).rejects.toMatchObject({
    code: 'ValidationException',
  });
});
