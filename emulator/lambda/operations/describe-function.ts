// A function's settings as the API tells them: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html

import type { LambdaFunction } from '../lambda-function.ts';
import { renderLoggingConfig } from '../logging/logging-config.ts';

export function describeFunction({ arn, props, bundle, modifiedMs }: LambdaFunction): object {
  return {
    FunctionName: props.name,
    FunctionArn: arn,
    Runtime: 'nodejs24.x',
    Role: props.roleArn,
    Handler: props.handler,
    // Of the file that runs, as no archive is kept.
    CodeSize: bundle.bytes,
    Description: '',
    Timeout: props.timeoutSeconds,
    MemorySize: props.memorySizeMb,
    LastModified: new Date(Math.floor(modifiedMs)).toISOString().replace('Z', '+0000'),
    CodeSha256: bundle.sha256(),
    Version: '$LATEST',
    ...(Object.keys(props.environment).length > 0 && { Environment: { Variables: props.environment } }),
    TracingConfig: { Mode: 'PassThrough' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['arm64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: renderLoggingConfig(props.logging),
  };
}
