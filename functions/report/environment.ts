// What the function is told by its environment variables and its own ARN.

import * as z from 'zod';
import { SERVICES } from '../../model/service.ts';
import type { RunEnvironment } from '../../reports/report-facts.ts';

const laneFunctionsSchema = z.record(z.enum(SERVICES), z.string().min(1));

const variablesSchema = z.object({
  BUCKET_NAME: z.string().min(1),
  EVENT_BUS_NAME: z.string().min(1),
  /** Of the rule on that bus, without the bus. */
  EVENT_RULE_NAME: z.string().min(1),
  QUEUE_NAME: z.string().min(1),
  STREAM_NAME: z.string().min(1),
  DELIVERY_STREAM_NAME: z.string().min(1),
  /** JSON: service → name of the function that consumes it. */
  LANE_FUNCTIONS: z.string().transform((text) => laneFunctionsSchema.parse(JSON.parse(text))),
  AWS_REGION: z.string().min(1),
  AWS_EXECUTION_ENV: z.string().default(''),
});

export type ReportVariables = z.output<typeof variablesSchema>;

/** @throws {z.ZodError} naming the variables that are missing or malformed. */
export function parseVariables(variables: Readonly<Record<string, string | undefined>>): ReportVariables {
  return variablesSchema.parse(variables);
}

/** `arn:aws:lambda:<region>:<account>:function:<name>` → where the run happened. */
export function computeRunEnvironment(variables: ReportVariables, functionArn: string): RunEnvironment {
  const accountId = functionArn.split(':')[4] ?? '';
  const region = variables.AWS_REGION;
  const seed = /^Emulated_.*\/seed=(-?\d+)$/.exec(variables.AWS_EXECUTION_ENV)?.[1];
  if (seed === undefined) return { region, accountId, emulated: false };
  return { region, accountId, emulated: true, seed: Number(seed) };
}
