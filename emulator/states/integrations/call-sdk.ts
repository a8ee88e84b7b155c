// `arn:aws:states:::aws-sdk:<service>:<action>`: any operation of any service, called as the state machine's role.

import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { TaskResource } from '../definition/definition.ts';
import { StateError } from '../execution/state-error.ts';
import type { JsonValue } from '../expressions/json-value.ts';
import { renderSdkOutput, renderWireInput } from './convert-names.ts';
import type { IntegrationCall } from './integration-call.ts';
import { findSdkShape, type SdkShape } from './sdk-shapes.ts';

/** @throws {StateError} as Step Functions names the service's errors. */
export async function callSdk(
  resource: Extract<TaskResource, { kind: 'aws-sdk' }>,
  taskArguments: JsonValue,
  { world, caller, random }: IntegrationCall,
): Promise<JsonValue> {
  const { service, operation } = resource;
  const shape = findSdkShape(service);
  if (!shape) throw new UnsupportedFeatureError('Step Functions', `SDK integration with ${service}`);
  const input = renderWireInput(taskArguments, shape);
  try {
    return renderSdkOutput(await world.gateway.call({ service, operation, input, caller }), shape);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new StateError(nameSdkError(error.code, shape), explainSdkError(error, shape, random.uuid()));
  }
}

/** `S3.NoSuchKeyException`: the client, the code, and `Exception` where the code does not end so already. */
function nameSdkError(code: string, shape: SdkShape): string {
  if (!shape.modelledErrors.includes(code)) return `${shape.client}.${shape.client}Exception`;
  return `${shape.client}.${code.endsWith('Exception') ? code : `${code}Exception`}`;
}

function explainSdkError(error: AwsError, shape: SdkShape, requestId: string): string {
  return `${error.message} (Service: ${shape.client}, Status Code: ${error.status}, Request ID: ${requestId})`;
}
