// What CollectArrivalEvents answers, as it and Report take it from the state machine.

import * as z from 'zod/mini';
import type { Collection } from '../model/tally.ts';

const count = z.int().check(z.gte(0));

export const collectionSchema = z.strictObject({
  objects: count,
  events: count,
  dropped: count,
  receives: count,
  complete: z.boolean(),
  more: z.boolean(),
  failure: z.optional(z.strictObject({ error: z.string(), cause: z.string() })),
}) satisfies z.ZodMiniType<Collection>;
