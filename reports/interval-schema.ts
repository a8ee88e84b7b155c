// The schema of interval-json.ts, section by section.

import * as z from 'zod';
import { NO_DIFFERENCE } from './interval-json.ts';
import { serviceSchema } from './model-schema.ts';

const intervalSchema = z.strictObject({ low: z.number(), high: z.number() }).meta({ id: 'Interval' });

export const settingIntervalsSchema = z
  .strictObject({
    arrivalMs: z.strictObject({
      0.5: intervalSchema.optional(),
      0.9: intervalSchema.optional(),
      0.99: intervalSchema.optional(),
    }),
    perMillionUsd: intervalSchema.optional(),
  })
  .meta({ id: 'SettingIntervals' });

const comparedSettingSchema = z
  .strictObject({ batchSize: z.int().min(1), trials: z.int().min(1) })
  .meta({ id: 'ComparedSetting' });

const costDifferenceSchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  difference: z.number(),
  verdict: z.enum(['cheaper', 'dearer', NO_DIFFERENCE]),
});

const latencyDifferenceSchema = costDifferenceSchema.extend({ verdict: z.enum(['faster', 'slower', NO_DIFFERENCE]) });

export const comparisonSchema = z
  .strictObject({
    service: serviceSchema,
    smaller: comparedSettingSchema,
    larger: comparedSettingSchema,
    perMillionUsd: costDifferenceSchema.optional(),
    arrivalMs: z.strictObject({
      0.5: latencyDifferenceSchema.optional(),
      0.99: latencyDifferenceSchema.optional(),
    }),
  })
  .meta({ id: 'Comparison' });
