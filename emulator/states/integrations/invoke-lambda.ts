// `arn:aws:states:::lambda:invoke`: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
// SdkHttpMetadata and SdkResponseMetadata are left out of the result: they would describe an HTTP exchange that never was.

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { StateError } from '../execution/state-error.ts';
import type { JsonValue } from '../expressions/json-value.ts';
import { parseJsonValue } from '../expressions/json-value.ts';
import type { IntegrationCall } from './integration-call.ts';

const argumentsSchema = z.strictObject({
  FunctionName: z.string().min(1),
  InvocationType: z.enum(['RequestResponse', 'Event']).optional(),
  Payload: z.custom<JsonValue>((value) => value !== undefined).optional(),
});

const answerSchema = z.object({
  StatusCode: z.int(),
  FunctionError: z.string().optional(),
  ExecutedVersion: z.string().optional(),
  Payload: z.instanceof(Buffer).optional(),
});

/** Error codes of the client that this integration uses; all others surface as `Lambda.AWSLambdaException`. */
const MODELLED_ERRORS = [
  'CodeStorageExceededException',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'RequestTooLargeException',
  'ResourceConflictException',
  'ResourceNotFoundException',
  'ResourceNotReadyException',
  'ServiceException',
  'TooManyRequestsException',
];

/**
 * The function's answer, its payload parsed.
 * @throws {StateError} the function's own error type, or the service's error with `Lambda.` before it.
 */
export async function invokeLambda(
  taskArguments: JsonValue,
  { world, caller, random }: IntegrationCall,
): Promise<JsonValue> {
  const parsed = argumentsSchema.safeParse(taskArguments);
  if (!parsed.success) {
    throw new StateError(
      'States.Runtime',
      `The Arguments of lambda:invoke are not valid: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { Payload: payload, ...others } = parsed.data;
  const input = { ...others, ...(payload === undefined ? {} : { Payload: Buffer.from(JSON.stringify(payload)) }) };
  const answer = await callLambda(input, { world, caller, random });
  const text = answer.Payload?.toString('utf8') ?? '';
  if (answer.FunctionError !== undefined) throw explainFunctionError(text);
  return {
    ...(answer.ExecutedVersion === undefined ? {} : { ExecutedVersion: answer.ExecutedVersion }),
    Payload: parsePayloadText(text),
    StatusCode: answer.StatusCode,
  };
}

async function callLambda(input: unknown, { world, caller, random }: IntegrationCall) {
  try {
    return answerSchema.parse(await world.gateway.call({ service: 'lambda', operation: 'Invoke', input, caller }));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const name = MODELLED_ERRORS.includes(error.code) ? error.code : 'AWSLambdaException';
    throw new StateError(
      `Lambda.${name}`,
      `${error.message} (Service: AWSLambda; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${random.uuid()}; Proxy: null)`,
    );
  }
}

/** The error is the payload's `errorType`, the cause the payload as it came. */
function explainFunctionError(text: string): StateError {
  const payload = parsePayloadText(text);
  if (
    typeof payload === 'object' &&
    payload !== null &&
    'errorType' in payload &&
    typeof payload.errorType === 'string'
  ) {
    return new StateError(payload.errorType, text);
  }
  return new StateError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  );
}

function parsePayloadText(text: string): JsonValue {
  if (text === '') return {};
  try {
    return parseJsonValue(JSON.parse(text));
  } catch {
    return text;
  }
}
