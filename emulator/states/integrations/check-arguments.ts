// Argument names of a task, checked when the state machine is made.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { TaskResource } from '../definition/definition.ts';
import type { Diagnostics } from '../definition/diagnostics.ts';
import { isJsonObject, type JsonValue } from '../expressions/json-value.ts';
import { findSdkShape } from './sdk-shapes.ts';

/** What `lambda:invoke` takes on AWS and the emulator does not model. */
const UNSUPPORTED_INVOKE_ARGUMENTS = ['ClientContext', 'DurableExecutionName', 'LogType', 'Qualifier', 'TenantId'];
const INVOKE_ARGUMENTS = ['FunctionName', 'InvocationType', 'Payload'];

/** @throws {UnsupportedFeatureError} for a service or an argument that is not modelled. */
export function checkArguments(
  stateName: string,
  resource: TaskResource,
  source: JsonValue,
  path: string,
  diagnostics: Diagnostics,
): void {
  if (resource.kind === 'aws-sdk' && !findSdkShape(resource.service)) {
    throw new UnsupportedFeatureError(`state ${stateName}`, `SDK integration with ${resource.service}`);
  }
  if (!isJsonObject(source)) return;
  for (const name of Object.keys(source)) {
    if (resource.kind === 'lambda-invoke' && UNSUPPORTED_INVOKE_ARGUMENTS.includes(name)) {
      throw new UnsupportedFeatureError(`state ${stateName}`, `lambda:invoke argument ${name}`);
    }
    if (!isArgumentName(resource, name)) {
      diagnostics.add(
        'SCHEMA_VALIDATION_FAILED',
        `The field '${name}' is not supported by Step Functions`,
        `${path}/Arguments`,
      );
    }
  }
}

function isArgumentName(resource: TaskResource, name: string): boolean {
  if (resource.kind === 'lambda-invoke') return INVOKE_ARGUMENTS.includes(name);
  const wireNames = Object.values(findSdkShape(resource.service)?.renamed ?? {});
  return /^[A-Z]/.test(name) && !wireNames.includes(name);
}
