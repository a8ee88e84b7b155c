// How operations name a function: by its name, its ARN or a part of that.
// https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html

import { z } from 'zod';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { LambdaFunction } from '../lambda-function.ts';
import type { LambdaService } from '../lambda-service.ts';

export const functionNameSchema = z.string().min(1).max(140);

/** What an operation on one function needs. */
export function needFunction(lambda: LambdaService, operation: string, nameOrArn: string) {
  return [{ action: `lambda:${operation}`, resource: lambda.findFunction(nameOrArn).arn }];
}

/** The unpublished version is the only one that there is. @throws {UnsupportedFeatureError} */
export function assertLatest(target: LambdaFunction, qualifier: string | undefined): void {
  if (qualifier === undefined || qualifier === '$LATEST') return;
  throw new UnsupportedFeatureError(`function ${target.props.name}`, `Qualifier ${qualifier}`);
}
