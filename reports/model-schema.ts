// Schemas of what report.json takes over from the model as it is. See report-schema.ts.

import * as z from 'zod';
import { ARRIVAL_BASES } from '../model/arrival-instant.ts';
import { COST_CATEGORIES } from '../model/cost/line-item.ts';
import { INSTANTS } from '../model/hop.ts';
import { PRICED_ITEMS, type PriceItem } from '../model/prices/price-list.ts';
import { SERVICES } from '../model/service.ts';

export const serviceSchema = z.enum(SERVICES);
export const countSchema = z.int().min(0);
/** Prices, costs and rates. */
export const amountSchema = z.number().min(0);

const priceItemSchema = z.enum(Object.keys(PRICED_ITEMS).filter(isPriceItem));

function isPriceItem(key: string): key is PriceItem {
  return Object.hasOwn(PRICED_ITEMS, key);
}

export const instantSchema = z.enum(INSTANTS);

export const latencySummarySchema = z
  .strictObject({
    count: countSchema,
    minMs: z.number().optional(),
    quantilesMs: z.strictObject({
      0.5: z.number().optional(),
      0.9: z.number().optional(),
      0.99: z.number().optional(),
      0.999: z.number().optional(),
    }),
    maxMs: z.number().optional(),
  })
  .meta({ id: 'LatencySummary' });

export const ecdfSchema = z.array(z.tuple([z.number(), z.number().min(0).max(1)])).meta({ id: 'Ecdf' });

export const arrivalBasesSchema = z.record(z.enum(ARRIVAL_BASES), countSchema);

export const billedLineItemSchema = z
  .strictObject({
    category: z.enum(COST_CATEGORIES),
    item: z.string(),
    priceItem: priceItemSchema,
    quantity: amountSchema,
    unit: z.string(),
    unitPriceUsd: amountSchema,
    costUsd: amountSchema,
    afterFreeTierUsd: amountSchema,
    formula: z.string(),
  })
  .meta({ id: 'BilledLineItem' });

export const priceSchema = z
  .strictObject({
    item: priceItemSchema,
    unitPriceUsd: amountSchema,
    unit: z.string(),
    quote: z.string(),
    page: z.string(),
    source: z.string(),
    date: z.string(),
    freePerMonth: amountSchema.optional(),
  })
  .meta({ id: 'UsedPrice' });

export const trialSchema = z
  .strictObject({
    trialId: z.string(),
    service: serviceSchema,
    batchSize: z.int().min(1),
    repetition: z.int().min(1),
    messages: countSchema,
    windowSeconds: countSchema,
    buffer: z.strictObject({ transformSizeMbs: z.number(), s3SizeMbs: z.number() }).optional(),
    eventMessagesMax: z.int().min(1).optional(),
    mechanism: z.string(),
    limit: z.string().optional(),
  })
  .meta({ id: 'Trial' });

export const estimateSchema = z
  .strictObject({ costUsd: amountSchema, durationSeconds: amountSchema, historyEventsPerLane: countSchema })
  .meta({ id: 'Estimate' });

export const laneOutcomeSchema = z
  .discriminatedUnion('status', [
    z.strictObject({ service: serviceSchema, status: z.literal('completed') }),
    z.strictObject({ service: serviceSchema, status: z.literal('failed'), error: z.string(), cause: z.string() }),
  ])
  .meta({ id: 'LaneOutcome' });
