import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computePage } from './page.ts';
import { renderParameter } from './parameter.ts';
import { compileFilters, isUnderPath, parameterFilters } from './parameter-filter.ts';
import { assertPath, computeParameterArn } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
const RESULTS_MAX = 10;

/** In the order of their names; AWS promises none. */
export function getParametersByPath(store: ParameterStore): Operation {
  return defineOperation({
    name: 'GetParametersByPath',
    input: z.strictObject({
      Path: z.string().min(1),
      Recursive: z.boolean().default(false),
      ParameterFilters: parameterFilters,
      WithDecryption: z.boolean().default(false),
      MaxResults: z.int().min(1).max(RESULTS_MAX).default(RESULTS_MAX),
      NextToken: z.string().optional(),
    }),
    needs: ({ Path, Recursive }) => [
      {
        action: 'ssm:GetParametersByPath',
        resource: computeParameterArn(store.account, Path),
        keys: { 'ssm:recursive': String(Recursive) },
      },
    ],
    handle({ Path, Recursive, ParameterFilters, WithDecryption, MaxResults, NextToken }) {
      assertPath(Path);
      const isWanted = compileFilters('GetParametersByPath', ParameterFilters, ['Type']);
      const listed = store.list().filter((one) => isUnderPath(one.name, Path, Recursive) && isWanted(one));
      const { items, nextToken } = computePage(listed, MaxResults, NextToken);
      return {
        Parameters: items.map((parameter) => renderParameter(parameter, WithDecryption)),
        ...(nextToken !== undefined && { NextToken: nextToken }),
      };
    },
  });
}
