// What a Distributed Map reads, how it batches, and where its results go.

import { z } from 'zod';
import { integerOrExpression, template, templateObject } from './field-schemas.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const ITEMS_MAX = 100_000_000;

const readerConfig = z.strictObject({
  InputType: z.enum(['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST']).optional(),
  Transformation: z.enum(['NONE', 'LOAD_AND_FLATTEN']).default('NONE'),
  ManifestType: z.enum(['ATHENA_DATA', 'S3_INVENTORY']).optional(),
  CSVDelimiter: z.enum(['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB']).default('COMMA'),
  CSVHeaderLocation: z.enum(['FIRST_ROW', 'GIVEN']).optional(),
  CSVHeaders: z.array(z.string().min(1)).min(1).optional(),
  ItemsPointer: z
    .string()
    .regex(/^(\/[^/]*)*$/, 'must be a JSON Pointer')
    .default(''),
  MaxItems: integerOrExpression(1, ITEMS_MAX).optional(),
});

export const itemReader = z.strictObject({
  Resource: z.enum(['arn:aws:states:::s3:getObject', 'arn:aws:states:::s3:listObjectsV2']),
  Arguments: template,
  ReaderConfig: readerConfig.prefault({}),
});

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export const itemBatcher = z
  .strictObject({
    MaxItemsPerBatch: integerOrExpression(1, ITEMS_MAX).optional(),
    MaxInputBytesPerBatch: integerOrExpression(1, 262_144).optional(),
    BatchInput: templateObject.optional(),
  })
  .refine(
    ({ MaxItemsPerBatch: items, MaxInputBytesPerBatch: bytes }) => items !== undefined || bytes !== undefined,
    'must have MaxItemsPerBatch, MaxInputBytesPerBatch or both',
  );

export const resultWriter = z.strictObject({
  Resource: z.literal('arn:aws:states:::s3:putObject').optional(),
  Arguments: template.optional(),
  WriterConfig: z
    .strictObject({
      Transformation: z.enum(['NONE', 'COMPACT', 'FLATTEN']).optional(),
      OutputType: z.enum(['JSON', 'JSONL']).optional(),
    })
    .optional(),
});

export type ItemReaderSource = z.output<typeof itemReader>;
export type ReaderConfigSource = ItemReaderSource['ReaderConfig'];
export type ResultWriterSource = z.output<typeof resultWriter>;
