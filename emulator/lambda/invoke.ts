import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { LambdaService } from './lambda-service.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const PAYLOAD_BYTES_MAX = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

export function invoke(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'Invoke',
    input: z.strictObject({
      FunctionName: z.string().min(1),
      InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
      /** Tail: the answer has the end of the log. Of no effect in asynchronous invocation. */
      LogType: z.enum(['None', 'Tail']).default('None'),
      Payload: z.instanceof(Buffer).default(Buffer.from('{}')),
    }),
    needs: ({ FunctionName }) => [{ action: 'lambda:InvokeFunction', resource: lambda.findFunction(FunctionName).arn }],
    async handle({ FunctionName, InvocationType, LogType, Payload }, { requestId }) {
      const target = lambda.findFunction(FunctionName);
      // That the caller may invoke the function is known by now.
      if (InvocationType === 'DryRun') return { StatusCode: 204, Payload: Buffer.alloc(0) };
      assertPayload(Payload, InvocationType);
      if (InvocationType === 'Event') {
        lambda.enqueue(target, requestId, Payload);
        return { StatusCode: 202, Payload: Buffer.alloc(0) };
      }
      const outcome = await lambda.runOnce(target, requestId, Payload, { wantsTail: LogType === 'Tail' });
      return {
        StatusCode: 200,
        ExecutedVersion: '$LATEST',
        Payload: outcome.payload,
        ...(outcome.logTail && { LogResult: outcome.logTail.toString('base64') }),
        ...(outcome.failed && { FunctionError: 'Unhandled' }),
      };
    },
  });
}

/** @throws {AwsError} `RequestTooLargeException` or `InvalidRequestContentException`. */
function assertPayload(payload: Buffer, invocationType: keyof typeof PAYLOAD_BYTES_MAX): void {
  const bytesMax = PAYLOAD_BYTES_MAX[invocationType];
  if (payload.length > bytesMax) {
    throw new AwsError(
      'RequestTooLargeException',
      `${payload.length} byte payload is too large for the ${invocationType} invocation type (limit ${bytesMax} bytes)`,
      { status: 413 },
    );
  }
  if (payload.length === 0) return;
  try {
    JSON.parse(payload.toString());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${reason}`, {
      cause,
    });
  }
}
