import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { describeFunction } from './describe-function.ts';
import { assertLatest, functionNameSchema, needFunction } from './function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'GetFunctionConfiguration',
    input: z.strictObject({ FunctionName: functionNameSchema, Qualifier: z.string().optional() }),
    needs: ({ FunctionName }) => needFunction(lambda, 'GetFunctionConfiguration', FunctionName),
    handle({ FunctionName, Qualifier }) {
      const target = lambda.findFunction(FunctionName);
      assertLatest(target, Qualifier);
      return describeFunction(target);
    },
  });
}
