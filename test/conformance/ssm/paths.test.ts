// Rule: GetParametersByPath gives the parameters directly below a path, or with Recursive all below it, ten a page at most.
// Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html

import { describe, expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

const NAMES = ['/a', '/a/1', '/a/2', '/a/b/3', '/a/b/c/4', '/ab/5', 'plain'];

async function createTree() {
  const store = createTestStore();
  for (const name of NAMES) await store.put(name);
  await store.put('/a/list', 'x', 'StringList');
  return store;
}

describe('a path', () => {
  test.each([
    ['/a', false, ['/a/1', '/a/2', '/a/list']],
    ['/a/', false, ['/a/1', '/a/2', '/a/list']],
    ['/a', true, ['/a/1', '/a/2', '/a/b/3', '/a/b/c/4', '/a/list']],
    ['/a/b', true, ['/a/b/3', '/a/b/c/4']],
    ['/', false, ['/a', 'plain']],
    ['/', true, ['/a', '/a/1', '/a/2', '/a/b/3', '/a/b/c/4', '/a/list', '/ab/5', 'plain']],
    ['/none', true, []],
  ])('%s, recursive %s, has %j', async (Path, Recursive, expected) => {
    const { listNames } = await createTree();

    expect(await listNames('GetParametersByPath', { Path, Recursive })).toEqual(expected);
  });

  test.each(['a', 'a/b', '/a//b', '/a b', '/a:1'])('%s is refused', async (Path) => {
    await expect(createTestStore().call('GetParametersByPath', { Path })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('The parameter name must begin with a forward slash "/".'),
    });
  });

  test('may be filtered by type', async () => {
    const { listNames } = await createTree();
    const ParameterFilters = [{ Key: 'Type', Values: ['StringList'] }];

    expect(await listNames('GetParametersByPath', { Path: '/', Recursive: true, ParameterFilters })).toEqual([
      '/a/list',
    ]);
  });
});

describe('pages', () => {
  test('hold ten each unless fewer are asked for', async () => {
    const { put, listPages } = createTestStore();
    for (let index = 0; index < 11; index++) await put(`/p/${String(index).padStart(2, '0')}`);

    const sizes = async (input: object) =>
      (await listPages('GetParametersByPath', { Path: '/p', ...input })).map((page) => page.length);

    expect([await sizes({}), await sizes({ MaxResults: 4 })]).toEqual([
      [10, 1],
      [4, 4, 3],
    ]);
  });

  test.each([
    [{ MaxResults: 11 }, 'ValidationException'],
    [{ MaxResults: 0 }, 'ValidationException'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
  ])('of %j are refused', async (more, code) => {
    await expect(createTestStore().call('GetParametersByPath', { Path: '/', ...more })).rejects.toMatchObject({ code });
  });
});
