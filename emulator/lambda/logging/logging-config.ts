// How a function logs: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';

/** In rising order. */
export const APPLICATION_LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type ApplicationLogLevel = (typeof APPLICATION_LOG_LEVELS)[number];

/** In rising order. */
export const SYSTEM_LOG_LEVELS = ['DEBUG', 'INFO', 'WARN'] as const;
export type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

export type LoggingConfig =
  | { readonly format: 'Text'; readonly logGroup: string }
  | {
      readonly format: 'JSON';
      readonly logGroup: string;
      /** Lines below it are not logged. */
      readonly applicationLevel: ApplicationLogLevel;
      readonly systemLevel: SystemLogLevel;
    };

/** As the API and templates have it. */
export const loggingConfigSchema = z.strictObject({
  LogFormat: z.enum(['Text', 'JSON']).default('Text'),
  ApplicationLogLevel: z.enum(APPLICATION_LOG_LEVELS).optional(),
  SystemLogLevel: z.enum(SYSTEM_LOG_LEVELS).optional(),
  LogGroup: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[.\-_/#A-Za-z0-9]+$/)
    .optional(),
});

export type LoggingConfigInput = z.output<typeof loggingConfigSchema>;

/** @throws {AwsError} `InvalidParameterValueException` for levels of the Text format. */
export function parseLoggingConfig(functionName: string, input?: LoggingConfigInput): LoggingConfig {
  const { LogFormat = 'Text', ApplicationLogLevel, SystemLogLevel, LogGroup } = input ?? {};
  const logGroup = LogGroup ?? nameDefaultLogGroup(functionName);
  if (LogFormat === 'JSON') {
    return {
      format: 'JSON',
      logGroup,
      applicationLevel: ApplicationLogLevel ?? 'INFO',
      systemLevel: SystemLogLevel ?? 'INFO',
    };
  }
  if (ApplicationLogLevel === undefined && SystemLogLevel === undefined) return { format: 'Text', logGroup };
  throw new AwsError(
    'InvalidParameterValueException',
    'To use ApplicationLogLevel or SystemLogLevel, set LogFormat to JSON.',
  );
}

export function nameDefaultLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

export function renderLoggingConfig(config: LoggingConfig): object {
  return {
    LogFormat: config.format,
    ...(config.format === 'JSON' && {
      ApplicationLogLevel: config.applicationLevel,
      SystemLogLevel: config.systemLevel,
    }),
    LogGroup: config.logGroup,
  };
}
