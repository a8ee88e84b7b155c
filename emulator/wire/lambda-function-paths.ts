// Lambda's paths for functions: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html

/** Method and path of each; what the group `name` holds is `FunctionName`. */
const FUNCTION_PATHS: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
  ['GET', /^\/2015-03-31\/functions\/(?<name>[^/]+)$/, 'GetFunction'],
  ['DELETE', /^\/2015-03-31\/functions\/(?<name>[^/]+)$/, 'DeleteFunction'],
  ['GET', /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /^\/2017-10-31\/functions\/(?<name>[^/]+)\/concurrency$/, 'PutFunctionConcurrency'],
  ['DELETE', /^\/2017-10-31\/functions\/(?<name>[^/]+)\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['GET', /^\/2019-09-30\/functions\/(?<name>[^/]+)\/concurrency$/, 'GetFunctionConcurrency'],
  // Not modelled; the gateway refuses them by their names.
  ['POST', /^\/2015-03-31\/functions\/?$/, 'CreateFunction'],
  ['PUT', /^\/2015-03-31\/functions\/(?<name>[^/]+)\/code$/, 'UpdateFunctionCode'],
  ['PUT', /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/, 'UpdateFunctionConfiguration'],
  ['GET', /^\/2016-08-19\/account-settings\/?$/, 'GetAccountSettings'],
];

export interface FunctionPath {
  readonly operation: string;
  /** URL-encoded; undefined for operations on no one function. */
  readonly functionName: string | undefined;
}

export function parseFunctionPath(method: string, path: string): FunctionPath | undefined {
  for (const [wanted, pattern, operation] of FUNCTION_PATHS) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match) return { operation, functionName: match.groups?.name };
  }
  return undefined;
}

/** Query parameters that are the operation's own. */
export const FUNCTION_QUERY: Readonly<Record<string, readonly string[]>> = {
  GetFunction: ['Qualifier'],
  GetFunctionConfiguration: ['Qualifier'],
  ListFunctions: ['FunctionVersion', 'Marker', 'MaxItems'],
};

/** Answered without a body. */
export const WITHOUT_ANSWER: ReadonlySet<string> = new Set(['DeleteFunction', 'DeleteFunctionConcurrency']);
