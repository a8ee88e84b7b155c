// The schema of projection-json.ts, section by section.

import * as z from 'zod';
import { amountSchema, countSchema, serviceSchema } from './model-schema.ts';

const quotaUseSchema = z
  .strictObject({ quota: z.string(), value: amountSchema, max: amountSchema })
  .meta({ id: 'QuotaUse' });

const projectedRateSchema = z
  .strictObject({
    messagesPerSecond: amountSchema,
    perMonthUsd: amountSchema,
    perMonthAfterFreeTierUsd: amountSchema,
    shards: countSchema.optional(),
    concurrency: amountSchema,
    limits: z.array(quotaUseSchema),
  })
  .meta({ id: 'ProjectedRate' });

const projectedSettingSchema = z
  .strictObject({
    service: serviceSchema,
    batchSize: z.int().min(1),
    perMessageUsd: amountSchema,
    rates: z.array(projectedRateSchema),
  })
  .meta({ id: 'ProjectedSetting' });

const breakEvenSchema = z
  .strictObject({
    batchSize: z.int().min(1),
    messagesPerSecond: amountSchema,
    cheaperBelow: serviceSchema,
    cheaperAbove: serviceSchema,
  })
  .meta({ id: 'BreakEven' });

export const projectionSchema = z
  .strictObject({ settings: z.array(projectedSettingSchema), breakEvens: z.array(breakEvenSchema) })
  .meta({ id: 'Projection' });
