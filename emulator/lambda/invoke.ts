import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { LambdaService } from './lambda-service.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const SYNC_PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;
const ASYNC_PAYLOAD_BYTES_MAX = 1024 * 1024;

export function invoke(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'Invoke',
    input: z.strictObject({
      FunctionName: z.string().min(1),
      InvocationType: z.enum(['RequestResponse', 'Event']).default('RequestResponse'),
      Payload: z.instanceof(Buffer).default(Buffer.from('{}')),
    }),
    needs: ({ FunctionName }) => [{ action: 'lambda:InvokeFunction', resource: lambda.findFunction(FunctionName).arn }],
    async handle({ FunctionName, InvocationType, Payload }, { requestId }) {
      const target = lambda.findFunction(FunctionName);
      const isAsync = InvocationType === 'Event';
      const bytesMax = isAsync ? ASYNC_PAYLOAD_BYTES_MAX : SYNC_PAYLOAD_BYTES_MAX;
      if (Payload.length > bytesMax) {
        throw new AwsError(
          'RequestTooLargeException',
          `${Payload.length} byte payload is too large for the ${InvocationType} invocation type (limit ${bytesMax} bytes)`,
          { status: 413 },
        );
      }
      if (isAsync) {
        lambda.enqueue(target, requestId, Payload);
        return { StatusCode: 202, Payload: Buffer.alloc(0) };
      }
      const outcome = await lambda.runOnce(target, requestId, Payload);
      return {
        StatusCode: 200,
        ExecutedVersion: '$LATEST',
        Payload: outcome.payload,
        ...(outcome.failed && { FunctionError: 'Unhandled' }),
      };
    },
  });
}
