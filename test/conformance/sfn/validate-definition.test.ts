// Rule: ValidateStateMachineDefinition finds what CreateStateMachine would refuse a definition for, and where.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html

import { expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

const GOOD = { QueryLanguage: 'JSONata', StartAt: 'P', States: { P: { Type: 'Succeed' } } };

test.each<[string, string, object]>([
  ['is sound', JSON.stringify(GOOD), { result: 'OK', diagnostics: [], truncated: false }],
  [
    'is no JSON',
    '{',
    { result: 'FAIL', diagnostics: [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', location: '/' }] },
  ],
  [
    'is empty',
    '',
    {
      diagnostics: [
        { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' },
      ],
    },
  ],
  [
    'lacks what it must have',
    '{"QueryLanguage":"JSONata"}',
    { diagnostics: [{ message: 'These fields are required: [StartAt, States]', location: '/' }] },
  ],
  [
    'has a state with an unknown field',
    JSON.stringify({ ...GOOD, States: { P: { Type: 'Succeed', Colour: 'red' } } }),
    {
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: "Field 'Colour' is not supported",
          location: '/States/P',
        },
      ],
    },
  ],
  [
    'leads nowhere',
    JSON.stringify({ ...GOOD, StartAt: 'Q' }),
    { result: 'FAIL', diagnostics: [{ code: 'MISSING_TRANSITION_TARGET' }, { code: 'MISSING_TRANSITION_TARGET' }] },
  ],
])('of a definition that %s tells so', async (_claim, definition, expected) => {
  const { call } = createTestWorld();

  expect(await call('ValidateStateMachineDefinition', { definition })).toMatchObject(expected);
});

test('gives no more diagnostics than asked for', async () => {
  const { call } = createTestWorld();
  const definition = JSON.stringify({ ...GOOD, StartAt: 'Q' });

  const { diagnostics, truncated } = await call('ValidateStateMachineDefinition', { definition, maxResults: 1 });

  expect(diagnostics).toHaveLength(1);
  expect(truncated).toBe(true);
});
