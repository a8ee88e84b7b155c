import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { takePage } from '../paging.ts';

export function listExports(state: CloudformationState): Operation {
  return defineOperation({
    name: 'ListExports',
    input: z.strictObject({ NextToken: z.string().optional() }),
    needs: () => [{ action: 'cloudformation:ListExports', resource: '*' }],
    handle({ NextToken }) {
      const exported = state.stacks
        .list()
        .flatMap(({ id, outputs }) =>
          outputs.flatMap(({ exportName, value }) =>
            exportName === undefined ? [] : [{ ExportingStackId: id, Name: exportName, Value: value }],
          ),
        );
      const page = takePage(exported, NextToken);
      return { Exports: page.items, NextToken: page.NextToken };
    },
  });
}
