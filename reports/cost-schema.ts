// The schema of cost-json.ts, section by section.

import * as z from 'zod';
import { amountSchema, billedLineItemSchema, countSchema, serviceSchema } from './model-schema.ts';

const trialCostSchema = z
  .strictObject({
    trialId: z.string(),
    arrived: countSchema,
    costUsd: amountSchema,
    afterFreeTierUsd: amountSchema,
    perMillionUsd: amountSchema.optional(),
    items: z.array(billedLineItemSchema.pick({ item: true, quantity: true, costUsd: true, afterFreeTierUsd: true })),
  })
  .meta({ id: 'TrialCost' });

export const settingCostSchema = z
  .strictObject({
    items: z.array(billedLineItemSchema),
    costUsd: amountSchema,
    afterFreeTierUsd: amountSchema,
    perMillionUsd: amountSchema.optional(),
    perMillionAfterFreeTierUsd: amountSchema.optional(),
    trials: z.array(trialCostSchema),
    estimate: z.strictObject({ costUsd: amountSchema, invocations: amountSchema }),
    atBatchSizeOne: z
      .strictObject({ basis: z.enum(['measured', 'modelled']), perMillionUsd: amountSchema })
      .meta({ id: 'BatchSizeOneCost' })
      .optional(),
  })
  .meta({ id: 'SettingCost' });

export const harnessCostSchema = z
  .strictObject({
    items: z.array(billedLineItemSchema),
    costUsd: amountSchema,
    afterFreeTierUsd: amountSchema,
    estimateUsd: amountSchema,
  })
  .meta({ id: 'HarnessCost' });

const batchStepEndSchema = z
  .strictObject({
    batchSize: z.int().min(1),
    invocationsPerMillion: amountSchema,
    consumerPerMillionUsd: amountSchema,
    feesPerMillionUsd: amountSchema,
  })
  .meta({ id: 'BatchStepEnd' });

export const batchStepSchema = z
  .strictObject({ service: serviceSchema, from: batchStepEndSchema, to: batchStepEndSchema })
  .meta({ id: 'BatchStep' });
