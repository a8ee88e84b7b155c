// What the state machine and the deployment tell the generator.

import * as z from 'zod/mini';
import type { ResolvedInput } from '../../model/input.ts';
import type { PublishTotals, Trial } from '../../model/trial.ts';

const variablesSchema = z.object({
  BUCKET_NAME: z.string().check(z.minLength(1)),
  EVENT_BUS_NAME: z.string().check(z.minLength(1)),
  QUEUE_URL_PARAMETER: z.string().check(z.minLength(1)),
  QUEUE_URL: z.string().check(z.minLength(1)),
  QUEUE_NAME: z.string().check(z.minLength(1)),
  STREAM_NAME: z.string().check(z.minLength(1)),
  DELIVERY_STREAM_NAME: z.string().check(z.minLength(1)),
  FACTS_API_KEY_PARAMETER: z.string().check(z.minLength(1)),
});

export type GenerateVariables = z.output<typeof variablesSchema>;

/** @throws {z.ZodError} naming the variables that are missing. */
export function parseVariables(variables: Readonly<Record<string, string | undefined>>): GenerateVariables {
  return variablesSchema.parse(variables);
}

/** Plan made these of a checked input; a second check of every field in every tick would find nothing. */
const planned = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

const eventSchema = z.strictObject({
  runId: z.string().check(z.minLength(1)),
  trial: planned<Trial>(),
  input: planned<ResolvedInput>(),
  phase: z.enum(['warm-up', 'measure']),
  tick: z.int().check(z.gte(0)),
  /** The first tick's instant, epoch milliseconds. */
  startMs: z.number().check(z.gte(0)),
  /** Of the ticks before. */
  totals: z.nullable(planned<PublishTotals>()),
});

export type GenerateEvent = z.output<typeof eventSchema>;

/** @throws {z.ZodError} */
export function parseGenerateEvent(event: unknown): GenerateEvent {
  return eventSchema.parse(event);
}
