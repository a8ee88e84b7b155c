// A target as the API and templates have it.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html

import { z } from 'zod';

export const targetDefinitionSchema = z.strictObject({
  Id: z
    .string()
    .max(64)
    .regex(/^[.\-_A-Za-z0-9]+$/),
  Arn: z.string().min(1).max(1600),
  RoleArn: z.string().min(1).max(1600).optional(),
  /** JSON. */
  Input: z.string().max(8192).optional(),
  InputPath: z.string().max(256).optional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z
        .record(z.string(), z.string().max(256))
        .refine((paths) => Object.keys(paths).length <= 100, 'at most 100 paths')
        .optional(),
      InputTemplate: z.string().min(1).max(8192),
    })
    .optional(),
  KinesisParameters: z.strictObject({ PartitionKeyPath: z.string().max(256) }).optional(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string().max(100).optional() }).optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().min(1).max(1600).optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
    })
    .optional(),
});

export type TargetDefinition = z.output<typeof targetDefinitionSchema>;
