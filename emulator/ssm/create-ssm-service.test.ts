import { expect, test } from 'vitest';
import { createTestStore } from './create-test-store.fixture.ts';

test('createParameter does not replace one', () => {
  const { services } = createTestStore();
  services.ssm.createParameter({ name: '/a', type: 'String', value: '1' });

  expect(() => services.ssm.createParameter({ name: '/a', type: 'String', value: '2' })).toThrow('already exists');
  expect(services.ssm.readParameter('/a')).toBe('1');
});

const ROOT = 'arn:aws:ssm:us-east-1:000000000000:parameter';

test.each([
  ['GetParameter', { Name: 'plain' }, [`ssm:GetParameter ${ROOT}/plain`]],
  ['GetParameter', { Name: '/a/b:3' }, [`ssm:GetParameter ${ROOT}/a/b`]],
  ['GetParameter', { Name: `${ROOT}/a/b` }, [`ssm:GetParameter ${ROOT}/a/b`]],
  ['GetParameters', { Names: ['/a', '/b:1'] }, [`ssm:GetParameters ${ROOT}/a`, `ssm:GetParameters ${ROOT}/b`]],
  [
    'GetParametersByPath',
    { Path: '/a', Recursive: true },
    [`ssm:GetParametersByPath ${ROOT}/a {"ssm:recursive":"true"}`],
  ],
  ['GetParameterHistory', { Name: '/a' }, [`ssm:GetParameterHistory ${ROOT}/a`]],
  ['DescribeParameters', {}, ['ssm:DescribeParameters *']],
  ['DeleteParameter', { Name: '/a' }, [`ssm:DeleteParameter ${ROOT}/a`]],
  ['DeleteParameters', { Names: ['/a'] }, [`ssm:DeleteParameters ${ROOT}/a`]],
  [
    'PutParameter',
    { Name: '/a', Value: '1', Type: 'String' },
    [`ssm:PutParameter ${ROOT}/a {"ssm:overwrite":"false"}`],
  ],
])('%s of %j needs %j', async (operation, input, expected) => {
  const { call, world } = createTestStore();
  const needs: string[] = [];
  world.gateway.observe((observed) => {
    for (const { action, resource, keys } of observed.needs) {
      needs.push([action, resource, ...(keys ? [JSON.stringify(keys)] : [])].join(' '));
    }
  });

  await call(operation, input).catch(() => {});

  expect(needs).toEqual(expected);
});
