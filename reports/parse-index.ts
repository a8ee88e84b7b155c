// Reads an index, or as much of a report as an index needs. The report function does so, too: hence zod/mini.

import * as z from 'zod/mini';
import { SERVICES } from '../model/service.ts';
import { INDEX_SCHEMA_VERSION, type IndexedReport, type ReportIndex } from './index-json.ts';

const startedAtSchema = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const verdictSchema = z.enum(['good', 'failed', 'invalid']);
const servicesSchema = z.array(z.enum(SERVICES));
const batchSizesSchema = z.array(z.number());

const environmentSchema = z.discriminatedUnion('emulated', [
  z.object({ region: z.string(), accountId: z.string(), emulated: z.literal(true), seed: z.number() }),
  z.object({ region: z.string(), accountId: z.string(), emulated: z.literal(false) }),
]);

const chosenSettingSchema = z.object({
  service: z.enum(SERVICES),
  batchSize: z.number(),
  perMillionUsd: z.number(),
  p99Ms: z.number(),
});

export const indexSchema = z.object({
  schemaVersion: z.literal(INDEX_SCHEMA_VERSION),
  runs: z.array(
    z.object({
      runId: z.string(),
      startedAt: startedAtSchema,
      verdict: verdictSchema,
      environment: environmentSchema,
      label: z.optional(z.string()),
      services: servicesSchema,
      batchSizes: batchSizesSchema,
      recommended: z.optional(chosenSettingSchema),
      key: z.string(),
    }),
  ),
});

export const indexedReportSchema = z.object({
  runId: z.string(),
  startedAt: startedAtSchema,
  verdict: verdictSchema,
  environment: environmentSchema,
  input: z.object({ label: z.optional(z.string()), services: servicesSchema, batchSizes: batchSizesSchema }),
  choice: z.optional(z.object({ recommendation: z.object({ setting: z.optional(chosenSettingSchema) }) })),
});

/** Undefined when the text is no index of this version. */
export function parseIndex(text: string): ReportIndex | undefined {
  return parseAs(indexSchema, text);
}

/** Whatever the report's version; undefined when the text is no report. */
export function parseIndexedReport(text: string): IndexedReport | undefined {
  return parseAs(indexedReportSchema, text);
}

function parseAs<Value>(schema: z.ZodMiniType<Value>, text: string): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
