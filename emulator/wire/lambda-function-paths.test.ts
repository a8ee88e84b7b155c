import { expect, test } from 'vitest';
import { LAMBDA_PROTOCOL } from './lambda-protocol.ts';

const ENDPOINT = { name: 'lambda', region: 'us-east-1' } as const;

test.each([
  ['GET', '/2015-03-31/functions/', { MaxItems: '2' }, 'ListFunctions', { MaxItems: '2' }],
  ['GET', '/2015-03-31/functions', {}, 'ListFunctions', {}],
  [
    'GET',
    '/2015-03-31/functions/arn%3Aaws',
    { Qualifier: '1' },
    'GetFunction',
    { FunctionName: 'arn:aws', Qualifier: '1' },
  ],
  ['GET', '/2015-03-31/functions/f/configuration', {}, 'GetFunctionConfiguration', { FunctionName: 'f' }],
  ['DELETE', '/2015-03-31/functions/f', {}, 'DeleteFunction', { FunctionName: 'f' }],
  [
    'PUT',
    '/2017-10-31/functions/f/concurrency',
    {},
    'PutFunctionConcurrency',
    { FunctionName: 'f', ReservedConcurrentExecutions: 5 },
  ],
  ['DELETE', '/2017-10-31/functions/f/concurrency', {}, 'DeleteFunctionConcurrency', { FunctionName: 'f' }],
  ['GET', '/2019-09-30/functions/f/concurrency', {}, 'GetFunctionConcurrency', { FunctionName: 'f' }],
  ['POST', '/2015-03-31/functions', {}, 'CreateFunction', {}],
  ['GET', '/2016-08-19/account-settings/', {}, 'GetAccountSettings', {}],
])('%s %s %j is %s', (method, path, query, operation, input) => {
  const body = Buffer.from(method === 'PUT' ? '{"ReservedConcurrentExecutions":5}' : '');
  const request = { method, host: '', path, query, headers: {}, body };

  expect(LAMBDA_PROTOCOL.parseRequest(request, ENDPOINT)).toEqual({ operation, input });
});
