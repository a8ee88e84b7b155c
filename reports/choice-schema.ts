// The schema of choice-json.ts, section by section.

import * as z from 'zod';
import { amountSchema, countSchema, serviceSchema } from './model-schema.ts';

const chosenSettingSchema = z
  .strictObject({
    service: serviceSchema,
    batchSize: z.int().min(1),
    perMillionUsd: amountSchema,
    p99Ms: z.number(),
    achievedBatchSize: z.number(),
  })
  .meta({ id: 'ChosenSetting' });

const latencyGoalSchema = z
  .strictObject({ p99ArrivalMsMax: z.number(), setting: chosenSettingSchema.optional() })
  .meta({ id: 'LatencyGoal' });

export const choiceSchema = z
  .strictObject({
    front: z.array(chosenSettingSchema),
    goals: z.array(latencyGoalSchema),
    knees: z.array(
      z.strictObject({
        service: serviceSchema,
        batchSize: z.int().min(1),
        perMillionUsd: amountSchema,
        leastUsd: amountSchema,
      }),
    ),
    recommendation: latencyGoalSchema,
    isGoalGiven: z.boolean(),
    unjudged: countSchema,
    lossy: z.array(z.strictObject({ service: serviceSchema, batchSize: z.int().min(1), lost: countSchema })),
  })
  .meta({ id: 'Choice' });
