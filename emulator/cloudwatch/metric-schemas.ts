// What names a metric, in every operation: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation, type OperationSpecification } from '../kernel/operation.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Dimension */
const DIMENSIONS_MAX = 30;

export const nameSchema = z.string().min(1).max(255);
export const namespaceSchema = nameSchema.regex(/^[^:]/);

export const dimensionsSchema = z
  .array(z.strictObject({ Name: nameSchema, Value: z.string().min(1).max(1024) }))
  .max(DIMENSIONS_MAX)
  .default([]);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const SIZES = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'];
const BITS = ['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits'];
export const unitSchema = z.enum([
  'Seconds',
  'Microseconds',
  'Milliseconds',
  ...SIZES,
  ...BITS,
  'Percent',
  'Count',
  ...[...SIZES, ...BITS, 'Count'].map((unit) => `${unit}/Second`),
  'None',
]);

export function toDimensions(pairs: z.output<typeof dimensionsSchema>): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));
}

export function fromDimensions(dimensions: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** As `defineOperation`, but what does not fit is an `InvalidParameterValueException`. */
export function defineCheckedOperation<Schema extends z.ZodType, Output>(
  specification: OperationSpecification<Schema, Output>,
): Operation {
  return defineOperation({
    ...specification,
    refuse: (reason, cause) => new AwsError('InvalidParameterValueException', reason, { cause }),
  });
}
