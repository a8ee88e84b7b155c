import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { functionNameSchema, needFunction } from './function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export function deleteFunction(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'DeleteFunction',
    input: z.strictObject({ FunctionName: functionNameSchema }),
    needs: ({ FunctionName }) => needFunction(lambda, 'DeleteFunction', FunctionName),
    handle({ FunctionName }) {
      lambda.deleteFunction(FunctionName);
      return {};
    },
  });
}
