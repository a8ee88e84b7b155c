// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html

import { z } from 'zod';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Diagnostic } from '../definition/diagnostics.ts';
import { InvalidDefinitionError } from '../definition/diagnostics.ts';
import type { MachineMaker } from '../machine-maker.ts';

const RESULTS_MAX = 100;

/** What AWS has and the emulator does not is refused by name, as when the machine is made. There are no warnings. */
export function validateStateMachineDefinition(maker: MachineMaker): Operation {
  return defineOperation({
    name: 'ValidateStateMachineDefinition',
    input: z.strictObject({
      definition: z.string().max(1_048_576),
      type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
      severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
      maxResults: z.int().min(0).max(RESULTS_MAX).optional(),
    }),
    needs: () => [{ action: 'states:ValidateStateMachineDefinition', resource: '*' }],
    handle({ definition, type, maxResults }) {
      if (type === 'EXPRESS') throw new UnsupportedFeatureError('ValidateStateMachineDefinition', 'type EXPRESS');
      const diagnostics = findProblems(maker, definition);
      const count = maxResults || RESULTS_MAX;
      return {
        result: diagnostics.length === 0 ? 'OK' : 'FAIL',
        diagnostics: diagnostics.slice(0, count).map((diagnostic) => ({ severity: 'ERROR', ...diagnostic })),
        truncated: diagnostics.length > count,
      };
    },
  });
}

function findProblems(maker: MachineMaker, definition: string): readonly Diagnostic[] {
  try {
    maker.parse(definition);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinitionError) return error.diagnostics;
    throw error;
  }
}
