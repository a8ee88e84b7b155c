import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { describeFunction } from './describe-function.ts';
import { assertLatest, functionNameSchema, needFunction } from './function-name.ts';

/** Without `Code.Location`: no archive of the code is kept. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function getFunction(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'GetFunction',
    input: z.strictObject({ FunctionName: functionNameSchema, Qualifier: z.string().optional() }),
    needs: ({ FunctionName }) => needFunction(lambda, 'GetFunction', FunctionName),
    handle({ FunctionName, Qualifier }) {
      const target = lambda.findFunction(FunctionName);
      assertLatest(target, Qualifier);
      const reserved = lambda.concurrency.reservedFor(target.props.name);
      return {
        Configuration: describeFunction(target),
        Code: { RepositoryType: 'S3' },
        ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
      };
    },
  });
}
