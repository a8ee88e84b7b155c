// What a delivery stream goes by.
// https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { type PrefixExpression, parseErrorOutputPrefix, parsePrefix } from './prefix-expression.ts';
import type { BufferLimits } from './timed-buffer.ts';

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html */
const PARAMETER_NAMES = [
  'LambdaArn',
  'NumberOfRetries',
  'RoleArn',
  'BufferSizeInMBs',
  'BufferIntervalInSeconds',
] as const;

const BYTES_PER_MB = 1024 * 1024;

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
export const BUFFERING_HINTS_DEFAULT = { SizeInMBs: 5, IntervalInSeconds: 300 };

const processorSchema = z.discriminatedUnion('Type', [
  z.strictObject({
    Type: z.literal('Lambda'),
    Parameters: z.array(z.strictObject({ ParameterName: z.enum(PARAMETER_NAMES), ParameterValue: z.string() })),
  }),
  z.strictObject({ Type: z.literal('AppendDelimiterToRecord'), Parameters: z.array(z.never()).optional() }),
]);

/** An S3 destination as the API takes it; an update may leave out any of it. */
export const destinationUpdateSchema = z.strictObject({
  RoleARN: z.string().optional(),
  BucketARN: z.string().startsWith('arn:aws:s3:::').optional(),
  Prefix: z.string().max(1024).optional(),
  ErrorOutputPrefix: z.string().max(1024).optional(),
  FileExtension: z
    .string()
    .max(128)
    .regex(/^$|^\.[0-9a-z!\-_.*'()]+$/)
    .optional(),
  CompressionFormat: z.enum(['UNCOMPRESSED', 'GZIP']).optional(),
  BufferingHints: z
    .strictObject({ SizeInMBs: z.int().min(1).max(128), IntervalInSeconds: z.int().min(0).max(900) })
    .optional(),
  ProcessingConfiguration: z.strictObject({ Enabled: z.boolean(), Processors: z.array(processorSchema) }).optional(),
  CloudWatchLoggingOptions: z
    .strictObject({ Enabled: z.boolean(), LogGroupName: z.string().optional(), LogStreamName: z.string().optional() })
    .optional(),
});

export type DestinationUpdate = z.output<typeof destinationUpdateSchema>;

type Processors = NonNullable<DestinationUpdate['ProcessingConfiguration']>['Processors'];

export interface TransformSettings {
  readonly functionArn: string;
  readonly roleArn: string;
  /** After the first attempt. */
  readonly retries: number;
  readonly limits: BufferLimits;
}

export interface DestinationSettings {
  readonly roleArn: string;
  readonly bucketName: string;
  readonly prefix: PrefixExpression;
  readonly errorOutputPrefix: PrefixExpression;
  /** With its dot, or empty. */
  readonly fileExtension: string;
  readonly isCompressed: boolean;
  readonly limits: BufferLimits;
  readonly appendsDelimiter: boolean;
  readonly transform: TransformSettings | undefined;
}

/** Fills in Firehose's own defaults. @throws {AwsError} `InvalidArgumentException`. @throws {UnsupportedFeatureError} */
export function parseSettings(destination: DestinationUpdate): DestinationSettings {
  const { RoleARN, BucketARN, Prefix = '', ErrorOutputPrefix, FileExtension } = destination;
  if (!RoleARN || !BucketARN) throw new AwsError('InvalidArgumentException', 'RoleARN and BucketARN are required.');
  const { SizeInMBs, IntervalInSeconds } = destination.BufferingHints ?? BUFFERING_HINTS_DEFAULT;
  const { Enabled = false, Processors = [] } = destination.ProcessingConfiguration ?? {};
  const processors = Enabled ? Processors : [];
  const isCompressed = destination.CompressionFormat === 'GZIP';
  return {
    roleArn: RoleARN,
    bucketName: BucketARN.split(':::')[1] ?? '',
    prefix: parsePrefix(Prefix),
    errorOutputPrefix: parseErrorOutputPrefix(ErrorOutputPrefix, Prefix),
    fileExtension: FileExtension ?? (isCompressed ? '.gz' : ''),
    isCompressed,
    limits: computeLimits(SizeInMBs, IntervalInSeconds),
    appendsDelimiter: processors.some(({ Type }) => Type === 'AppendDelimiterToRecord'),
    transform: parseTransform(processors, RoleARN),
  };
}

function parseTransform(processors: Processors, roleArn: string): TransformSettings | undefined {
  const [processor, ...others] = processors.filter(({ Type }) => Type === 'Lambda');
  if (!processor) return undefined;
  if (others.length > 0) throw new AwsError('InvalidArgumentException', 'There can be one processor of type Lambda.');
  const values = new Map(
    processor.Parameters?.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]),
  );
  const functionArn = values.get('LambdaArn');
  if (!functionArn) throw new AwsError('InvalidArgumentException', 'A processor of type Lambda needs LambdaArn.');
  const parse = (name: (typeof PARAMETER_NAMES)[number], range: NumberRange) =>
    parseNumber(name, values.get(name), range);
  const sizeMbs = parse('BufferSizeInMBs', { byDefault: 1, min: 0.2, max: 3 });
  const intervalSeconds = parse('BufferIntervalInSeconds', { byDefault: 60, min: 0, max: 900 });
  return {
    functionArn: functionArn.replace(/:\$LATEST$/, ''),
    roleArn: values.get('RoleArn') ?? roleArn,
    retries: parse('NumberOfRetries', { byDefault: 3, min: 0, max: 300 }),
    limits: computeLimits(sizeMbs, intervalSeconds),
  };
}

interface NumberRange {
  readonly byDefault: number;
  readonly min: number;
  readonly max: number;
}

function parseNumber(name: string, text: string | undefined, range: NumberRange): number {
  const value = text === undefined ? range.byDefault : Number(text.trim() || Number.NaN);
  if (value >= range.min && value <= range.max) return value;
  throw new AwsError('InvalidArgumentException', `${name} must be ${range.min} to ${range.max}, got ${text}`);
}

function computeLimits(sizeMbs: number, intervalSeconds: number): BufferLimits {
  return { bytes: sizeMbs * BYTES_PER_MB, intervalMs: intervalSeconds * 1000 };
}
