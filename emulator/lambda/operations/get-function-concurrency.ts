import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { functionNameSchema, needFunction } from './function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export function getFunctionConcurrency(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'GetFunctionConcurrency',
    input: z.strictObject({ FunctionName: functionNameSchema }),
    needs: ({ FunctionName }) => needFunction(lambda, 'GetFunctionConcurrency', FunctionName),
    handle({ FunctionName }) {
      const reserved = lambda.concurrency.reservedFor(lambda.findFunction(FunctionName).props.name);
      return { ...(reserved !== undefined && { ReservedConcurrentExecutions: reserved }) };
    },
  });
}
