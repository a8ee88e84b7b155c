// What a Task state's Resource names.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { TaskResource } from './definition.ts';

const SDK_RESOURCE = /^arn:aws:states:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]+)$/;

/** @throws {UnsupportedFeatureError} for every other integration and for the patterns `.sync` and `.waitForTaskToken`. */
export function parseResource(stateName: string, resource: string): TaskResource {
  if (resource === 'arn:aws:states:::lambda:invoke') return { kind: 'lambda-invoke' };
  const [, service, action] = SDK_RESOURCE.exec(resource) ?? [];
  if (!service || !action) throw new UnsupportedFeatureError(`state ${stateName}`, `Resource ${resource}`);
  return { kind: 'aws-sdk', service, action, operation: `${action.charAt(0).toUpperCase()}${action.slice(1)}` };
}
