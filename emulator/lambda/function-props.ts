// What a function is made with, and what Lambda refuses of it.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { LoggingConfig } from './logging/logging-config.ts';

export interface FunctionProps {
  readonly name: string;
  readonly roleArn: string;
  /** 128 to 10,240. */
  readonly memorySizeMb: number;
  /** 1 to 900. */
  readonly timeoutSeconds: number;
  /** Holds the code, unpacked. */
  readonly codeFolder: string;
  /** `index.handler`: a file of the code folder without `.js`, and what it exports. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logging: LoggingConfig;
  /** Concurrent invocations that only this function may have, and not more. Default: it shares with the others. */
  readonly reservedConcurrency?: number;
}

/** Credentials that tell the gateway which role calls. */
export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED_VARIABLES = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
];

/** The file and the export that a handler names. @throws {UnsupportedFeatureError} for any other form. */
export function parseHandler(functionName: string, handler: string): { file: string; exportName: string } {
  const [, file, exportName] = /^([\w/-]+)\.(\w+)$/.exec(handler) ?? [];
  if (file && exportName) return { file, exportName };
  throw new UnsupportedFeatureError(`function ${functionName}`, `handler ${handler}`);
}

/** What `TZ` may be: local time is UTC in the sandbox. */
const TIME_ZONES: readonly (string | undefined)[] = [undefined, 'UTC', ':UTC'];

/** @throws {AwsError} `InvalidParameterValueException`, or UnsupportedFeatureError for another time zone than UTC. */
export function assertVariables(functionName: string, environment: FunctionProps['environment']): void {
  if (!TIME_ZONES.includes(environment.TZ)) {
    throw new UnsupportedFeatureError(`function ${functionName}`, `environment variable TZ ${environment.TZ}`);
  }
  const reserved = Object.keys(environment).filter((name) => RESERVED_VARIABLES.includes(name));
  if (reserved.length === 0) return;
  throw new AwsError(
    'InvalidParameterValueException',
    `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
  );
}
