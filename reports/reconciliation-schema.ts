// The schema of reconciliation-json.ts, section by section.

import * as z from 'zod';
import { countSchema } from './model-schema.ts';
import { BOOK_NAMES } from './reconciliation-json.ts';

/** What CloudWatch counts need not be whole. */
const quantitySchema = z.number().min(0);

const disagreementSchema = z
  .strictObject({
    trialId: z.string(),
    expected: quantitySchema,
    found: quantitySchema,
    difference: z.number(),
    tolerance: countSchema,
    meaning: z.string(),
  })
  .meta({ id: 'Disagreement' });

const bookCheckSchema = z
  .strictObject({
    book: z.enum(BOOK_NAMES),
    kind: z.enum(['exact', 'best-effort']),
    unit: z.enum(['message', 'line', 'invocation', 'event', 'record', 'byte']),
    what: z.strictObject({ expected: z.string(), found: z.string() }),
    expected: quantitySchema,
    found: quantitySchema,
    difference: z.number(),
    tolerance: countSchema,
    why: z.string(),
    source: z.string().optional(),
    disagreements: z.array(disagreementSchema),
  })
  .meta({ id: 'BookCheck' });

export const reconciliationSchema = z
  .strictObject({ balances: z.boolean(), checks: z.array(bookCheckSchema) })
  .meta({ id: 'Reconciliation' });
