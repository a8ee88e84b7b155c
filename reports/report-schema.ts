// The schema of report-json.ts, section by section: what a report.json from elsewhere is held to. The test beside it keeps the two equal. A
// definition's id is its interface's name, by which the JSON Schema finds the fields' descriptions. No Lambda function may import
// this: it costs zod in full.

import * as z from 'zod';
import { inputSchema } from '../model/input.ts';
import { choiceSchema } from './choice-schema.ts';
import { batchStepSchema, harnessCostSchema, settingCostSchema } from './cost-schema.ts';
import { comparisonSchema, settingIntervalsSchema } from './interval-schema.ts';
import {
  amountSchema,
  arrivalBasesSchema,
  countSchema,
  ecdfSchema,
  estimateSchema,
  instantSchema,
  laneOutcomeSchema,
  latencySummarySchema,
  priceSchema,
  serviceSchema,
  trialSchema,
} from './model-schema.ts';
import { projectionSchema } from './projection-schema.ts';
import { reconciliationSchema } from './reconciliation-schema.ts';
import { REPORT_SCHEMA_VERSION, type ReportJson } from './report-json.ts';

const environmentSchema = z
  .discriminatedUnion('emulated', [
    z.strictObject({ region: z.string(), accountId: z.string(), emulated: z.literal(true), seed: countSchema }),
    z.strictObject({ region: z.string(), accountId: z.string(), emulated: z.literal(false) }),
  ])
  .meta({ id: 'RunEnvironment' });

const straysSchema = z
  .strictObject({
    warmUp: countSchema,
    unfinished: countSchema,
    misplaced: countSchema,
    unknown: countSchema,
    unreadable: countSchema,
  })
  .meta({ id: 'StrayLines' });

const collectionSchema = z
  .strictObject({
    objects: countSchema,
    events: countSchema,
    dropped: countSchema,
    receives: countSchema,
    complete: z.boolean(),
    more: z.boolean(),
    failure: z.strictObject({ error: z.string(), cause: z.string() }).optional(),
  })
  .meta({ id: 'Collection' });

const hopReportSchema = z
  .strictObject({ from: instantSchema, to: instantSchema, latency: latencySummarySchema, negative: countSchema })
  .meta({ id: 'HopReport' });

const coldStartReportSchema = z
  .strictObject({ invocations: countSchema, initMsMean: z.number().optional(), delivery: latencySummarySchema })
  .meta({ id: 'ColdStartReport' });

const publishReportSchema = z
  .strictObject({
    messagesPerSecond: amountSchema,
    calls: countSchema,
    retriedEntries: countSchema,
    entries: countSchema,
    billedUnits: countSchema,
    bytes: countSchema,
    invocations: countSchema,
    generatorMs: amountSchema,
    lateMsMax: z.number(),
    endpointLookups: countSchema,
    endpointLookupMs: amountSchema,
    factSources: z.array(z.enum(['api-ninjas', 'shipped'])),
  })
  .meta({ id: 'PublishReport' });

const settingReportSchema = z
  .strictObject({
    service: serviceSchema,
    batchSize: z.int().min(1),
    trials: z.int().min(1),
    mechanism: z.string(),
    limit: z.string().optional(),
    scheduled: countSchema,
    sent: countSchema,
    gaveUp: countSchema,
    arrived: countSchema,
    lost: countSchema,
    duplicates: countSchema,
    drainTimeouts: countSchema,
    invocations: countSchema,
    durationMs: amountSchema,
    errors: countSchema,
    throttles: countSchema,
    requestIds: countSchema,
    coldStarts: coldStartReportSchema,
    achievedBatchSize: amountSchema.optional(),
    delivery: latencySummarySchema,
    arrival: latencySummarySchema,
    arrivalEcdf: ecdfSchema,
    intervals: settingIntervalsSchema.optional(),
    hops: z.array(hopReportSchema),
    negative: z.strictObject({ delivery: countSchema, arrival: countSchema }),
    arrivalBases: arrivalBasesSchema,
    cost: settingCostSchema,
    publish: publishReportSchema,
    reconciliation: reconciliationSchema,
  })
  .meta({ id: 'SettingReport' });

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  runId: z.string().min(1),
  environment: environmentSchema,
  startedAt: z.iso.datetime(),
  verdict: z.enum(['good', 'failed', 'invalid']),
  problems: z.array(z.string()),
  headline: z.array(z.string()),
  settings: z.array(settingReportSchema),
  comparisons: z.array(comparisonSchema),
  choice: choiceSchema,
  batchSteps: z.array(batchStepSchema),
  projection: projectionSchema,
  lanes: z.array(laneOutcomeSchema),
  unfinishedTrials: z.array(z.string()),
  strays: straysSchema,
  unknownTrials: z.array(z.string()),
  collection: collectionSchema,
  harness: harnessCostSchema,
  prices: z.array(priceSchema),
  input: inputSchema,
  plan: z.strictObject({ estimate: estimateSchema, trials: z.array(trialSchema) }),
}) satisfies z.ZodType<ReportJson>;
