import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { functionNameSchema, needFunction } from './function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export function putFunctionConcurrency(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'PutFunctionConcurrency',
    input: z.strictObject({ FunctionName: functionNameSchema, ReservedConcurrentExecutions: z.int().min(0) }),
    needs: ({ FunctionName }) => needFunction(lambda, 'PutFunctionConcurrency', FunctionName),
    handle({ FunctionName, ReservedConcurrentExecutions }) {
      lambda.reserveConcurrency(lambda.findFunction(FunctionName).props.name, ReservedConcurrentExecutions);
      return { ReservedConcurrentExecutions };
    },
  });
}
