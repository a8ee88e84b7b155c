import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { describeFunction } from './describe-function.ts';

/** "ListFunctions returns a maximum of 50 items in each response, even if you set the number higher." */
const PAGE_LENGTH_MAX = 50;

/** By name. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function listFunctions(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'ListFunctions',
    input: z.strictObject({
      FunctionVersion: z.enum(['ALL']).optional(),
      Marker: z.string().optional(),
      MaxItems: z.coerce.number().int().min(1).max(10_000).default(PAGE_LENGTH_MAX),
    }),
    needs: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    handle({ FunctionVersion, Marker, MaxItems }) {
      if (FunctionVersion) throw new UnsupportedFeatureError('lambda.ListFunctions', 'FunctionVersion ALL');
      const start = Marker === undefined ? 0 : parseMarker(lambda, Marker);
      const end = start + Math.min(MaxItems, PAGE_LENGTH_MAX);
      const page = lambda.functions.slice(start, end);
      const last = page.at(-1);
      return {
        Functions: page.map(describeFunction),
        ...(last && end < lambda.functions.length && { NextMarker: renderMarker(last.props.name) }),
      };
    },
  });
}

function renderMarker(functionName: string): string {
  return Buffer.from(functionName).toString('base64');
}

/** The place after the function that the marker names. @throws {AwsError} `InvalidParameterValueException`. */
function parseMarker(lambda: LambdaService, marker: string): number {
  const index = lambda.functions.findIndex(({ props }) => renderMarker(props.name) === marker);
  if (index < 0) throw new AwsError('InvalidParameterValueException', 'The Marker is not valid.');
  return index + 1;
}
