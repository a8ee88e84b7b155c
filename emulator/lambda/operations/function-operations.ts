// What can be asked of functions, besides to run them.

import type { Operation } from '../../kernel/operation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { deleteFunction } from './delete-function.ts';
import { deleteFunctionConcurrency } from './delete-function-concurrency.ts';
import { getAccountSettings } from './get-account-settings.ts';
import { getFunction } from './get-function.ts';
import { getFunctionConcurrency } from './get-function-concurrency.ts';
import { getFunctionConfiguration } from './get-function-configuration.ts';
import { listFunctions } from './list-functions.ts';
import { putFunctionConcurrency } from './put-function-concurrency.ts';

export function createFunctionOperations(lambda: LambdaService): readonly Operation[] {
  return [
    deleteFunction(lambda),
    deleteFunctionConcurrency(lambda),
    getAccountSettings(lambda),
    getFunction(lambda),
    getFunctionConcurrency(lambda),
    getFunctionConfiguration(lambda),
    listFunctions(lambda),
    putFunctionConcurrency(lambda),
  ];
}
