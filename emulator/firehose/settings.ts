// What a delivery stream goes by.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html */
const PARAMETER_NAMES = [
  'LambdaArn',
  'NumberOfRetries',
  'RoleArn',
  'BufferSizeInMBs',
  'BufferIntervalInSeconds',
] as const;

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
  BucketARN: z.string().optional(),
  Prefix: z.string().optional(),
  ErrorOutputPrefix: z.string().optional(),
  FileExtension: z.string().optional(),
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

export interface TransformSettings {
  readonly functionArn: string;
  readonly retries: number;
  readonly roleArn: string;
  readonly sizeMbs: number;
  readonly intervalSeconds: number;
}

export interface DestinationSettings {
  readonly roleArn: string;
  readonly bucketName: string;
  readonly prefix: string;
  readonly errorOutputPrefix: string;
  readonly fileExtension: string;
  readonly compress: boolean;
  readonly sizeMbs: number;
  readonly intervalSeconds: number;
  readonly appendDelimiter: boolean;
  readonly transform: TransformSettings | undefined;
}

/** Fills in Firehose's own defaults. @throws {AwsError} `InvalidArgumentException`. */
export function parseSettings(destination: DestinationUpdate): DestinationSettings {
  const { RoleARN, BucketARN, BufferingHints, ProcessingConfiguration, CompressionFormat } = destination;
  if (!RoleARN || !BucketARN) throw new AwsError('InvalidArgumentException', 'RoleARN and BucketARN are required.');
  const processors = ProcessingConfiguration?.Enabled ? ProcessingConfiguration.Processors : [];
  const compress = CompressionFormat === 'GZIP';
  return {
    roleArn: RoleARN,
    bucketName: BucketARN.split(':::')[1] ?? '',
    prefix: destination.Prefix ?? '',
    errorOutputPrefix: destination.ErrorOutputPrefix ?? '',
    fileExtension: destination.FileExtension ?? (compress ? '.gz' : ''),
    compress,
    sizeMbs: BufferingHints?.SizeInMBs ?? 5,
    intervalSeconds: BufferingHints?.IntervalInSeconds ?? 300,
    appendDelimiter: processors.some(({ Type }) => Type === 'AppendDelimiterToRecord'),
    transform: parseTransform(processors, RoleARN),
  };
}

function parseTransform(
  processors: NonNullable<DestinationUpdate['ProcessingConfiguration']>['Processors'],
  roleArn: string,
): TransformSettings | undefined {
  const processor = processors.find(({ Type }) => Type === 'Lambda');
  if (!processor) return undefined;
  const values = new Map(
    processor.Parameters?.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]),
  );
  const functionArn = values.get('LambdaArn');
  if (!functionArn) throw new AwsError('InvalidArgumentException', 'A Lambda processor needs LambdaArn.');
  return {
    functionArn: functionArn.replace(/:\$LATEST$/, ''),
    retries: parseNumber(values.get('NumberOfRetries'), { byDefault: 3, min: 0, max: 300 }),
    roleArn: values.get('RoleArn') ?? roleArn,
    sizeMbs: parseNumber(values.get('BufferSizeInMBs'), { byDefault: 1, min: 0.2, max: 3 }),
    intervalSeconds: parseNumber(values.get('BufferIntervalInSeconds'), { byDefault: 60, min: 0, max: 900 }),
  };
}

function parseNumber(text: string | undefined, range: { byDefault: number; min: number; max: number }): number {
  const value = text === undefined ? range.byDefault : Number(text);
  if (value >= range.min && value <= range.max) return value;
  throw new AwsError(
    'InvalidArgumentException',
    `a processor's parameter must be ${range.min} to ${range.max}, got ${text}`,
  );
}
