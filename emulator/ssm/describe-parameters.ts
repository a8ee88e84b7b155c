import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computePage } from './page.ts';
import { renderMetadata } from './parameter.ts';
import { compileFilters, parameterFilters } from './parameter-filter.ts';
import type { ParameterStore } from './parameter-store.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
const RESULTS_MAX = 50;
/** AWS does not say how many it gives to a request that does not ask: assumed. */
const RESULTS_DEFAULT = 10;

/** In the order of their names; AWS promises none. */
export function describeParameters(store: ParameterStore): Operation {
  return defineOperation({
    name: 'DescribeParameters',
    input: z.strictObject({
      ParameterFilters: parameterFilters,
      MaxResults: z.int().min(1).max(RESULTS_MAX).default(RESULTS_DEFAULT),
      NextToken: z.string().optional(),
    }),
    needs: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
    handle({ ParameterFilters, MaxResults, NextToken }) {
      const keys = ['Name', 'Type', 'Path', 'Tier', 'DataType'];
      const listed = store.list().filter(compileFilters('DescribeParameters', ParameterFilters, keys));
      const { items, nextToken } = computePage(listed, MaxResults, NextToken);
      return { Parameters: items.map(renderMetadata), ...(nextToken !== undefined && { NextToken: nextToken }) };
    },
  });
}
