import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { functionNameSchema, needFunction } from './function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export function deleteFunctionConcurrency(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'DeleteFunctionConcurrency',
    input: z.strictObject({ FunctionName: functionNameSchema }),
    needs: ({ FunctionName }) => needFunction(lambda, 'DeleteFunctionConcurrency', FunctionName),
    handle({ FunctionName }) {
      lambda.concurrency.removeReservation(lambda.findFunction(FunctionName).props.name);
      return {};
    },
  });
}
