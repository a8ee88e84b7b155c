import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computePage } from './page.ts';
import { renderVersion } from './parameter.ts';
import { computeParameterArn, parseReference } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
const RESULTS_MAX = 50;

/** Oldest first. */
export function getParameterHistory(store: ParameterStore): Operation {
  const parse = (text: string) => parseReference('GetParameterHistory', text, store.account);
  return defineOperation({
    name: 'GetParameterHistory',
    input: z.strictObject({
      Name: z.string().min(1),
      WithDecryption: z.boolean().default(false),
      MaxResults: z.int().min(1).max(RESULTS_MAX).default(RESULTS_MAX),
      NextToken: z.string().optional(),
    }),
    needs: ({ Name }) => [
      { action: 'ssm:GetParameterHistory', resource: computeParameterArn(store.account, parse(Name).name) },
    ],
    handle({ Name, WithDecryption, MaxResults, NextToken }) {
      const { name } = store.get(parse(Name));
      const { items, nextToken } = computePage(store.listVersions(name), MaxResults, NextToken);
      return {
        Parameters: items.map((version) => renderVersion(version, WithDecryption)),
        ...(nextToken !== undefined && { NextToken: nextToken }),
      };
    },
  });
}
