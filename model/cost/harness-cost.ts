// What the harness itself costs: it drives, counts and reports, and is no part of the comparison.

import { WARM_UP_MESSAGES } from '../message.ts';
import { SQS } from '../quotas.ts';
import { computeBilledUnits, EMPTY_RECEIVES_PER_SECOND, INVOCATION_MS } from './expected-usage.ts';
import type { HarnessUsage, WarmUp } from './harness-usage.ts';
import {
  COLLECT_FUNCTION_MEMORY_MBS,
  computeGbSeconds,
  FUNCTION_MEMORY_MBS,
  INIT_MS_ASSUMED,
  LOG_BYTES_PER_INVOCATION,
  REPORT_FUNCTION_MEMORY_MBS,
  TALLY_FUNCTION_MEMORY_MBS,
} from './lambda-billing.ts';
import { computeLineItem, type LineItem, mergeLineItems } from './line-item.ts';
import { BYTES_PER_GB, computeTrialCost } from './trial-cost.ts';

/** report.json, report.md, report.html, five charts, and the index in two forms. */
const REPORT_FILES = 10;
/** The index of reports is read before it is written. */
const INDEX_FILES = 2;
const LIST_PAGE_OBJECTS = 1000;
/** Assumed durations, milliseconds: of one count, of a tally, of the collection of S3's events and of the report. */
const COUNT_MS = 200;
const TALLY_MS_BASE = 500;
const TALLY_MS_PER_READ = 3;
const TALLY_MS_PER_OBJECT = 0.1;
const COLLECTION_MS_BASE = 500;
/** A receive and a delete take some 10 ms each, 24 at a time. */
const COLLECTION_MS_PER_RECEIVE = 1;
const REPORT_MS = 3000;
/** The plan; the reporter's files; of each trial its result, its tally and its events. */
const OBJECTS_PER_RUN = 1;
const OBJECTS_PER_REPORT = REPORT_FILES;
const OBJECTS_PER_TRIAL = 3;
/** The counter reads an object whose name does not tell what it holds once, and so does the tally. */
const READS_PER_OBJECT_READ = 2;

/** The harness's bill. @throws {UnknownPriceError} */
export function computeHarnessCost(usage: HarnessUsage, region: string): LineItem[] {
  return [
    computeLineItem(region, {
      category: 'fixed',
      item: 'Step Functions transitions',
      priceItem: 'states.transition',
      quantity: usage.stateTransitions,
      formula: "states entered, as the definition and the loops' turns have it",
    }),
    ...computeFunctions(usage, region),
    ...computeObjects(usage, region),
    ...computeNotifications(usage, region),
    computeLineItem(region, {
      category: 'fixed',
      item: 'CloudWatch metrics',
      priceItem: 'cloudwatch.metric-requested',
      quantity: usage.metrics,
      formula: 'metrics asked for in GetMetricData',
    }),
    computeLineItem(region, {
      category: 'fixed',
      item: 'Parameters read',
      priceItem: 'ssm.standard-parameter-request',
      quantity: usage.parameterReads,
      formula:
        "the facts API's key, and the queue's URL where it is looked up there; free of charge by AWS's price list",
    }),
    ...computeWarmUpItems(usage.warmUps, region),
    ...computeIdle(usage, region),
  ];
}

function countInvocations(usage: HarnessUsage): number {
  const plans = 1;
  return usage.generatorInvocations + usage.counts + usage.tallies + usage.collections + usage.reports + plans;
}

function computeFunctions(usage: HarnessUsage, region: string): LineItem[] {
  const invocations = countInvocations(usage);
  return [
    computeLineItem(region, {
      category: 'lambda-requests',
      item: 'Lambda requests',
      priceItem: 'lambda.request',
      quantity: invocations,
      formula: 'invocations of planner, generator, counter, tally, collector and reporter',
    }),
    computeLineItem(region, {
      category: 'lambda-duration',
      item: 'Generator duration',
      priceItem: 'lambda.gb-second-arm64',
      quantity: computeGbSeconds({
        invocations: usage.generatorInvocations,
        durationMs: usage.generatorMs,
        initMs: usage.warmUps.length * INIT_MS_ASSUMED,
        memoryMbs: FUNCTION_MEMORY_MBS,
      }),
      formula: `a tick's invocation lasts as long as the tick publishes; ${INIT_MS_ASSUMED} ms of initialisation a lane, assumed`,
    }),
    computeLineItem(region, {
      category: 'lambda-duration',
      item: 'Counter, tally, collector and reporter duration',
      priceItem: 'lambda.gb-second-arm64',
      quantity: computeCounterGbSeconds(usage),
      formula: `assumed: ${COUNT_MS} ms a count, ${TALLY_MS_BASE} ms a tally, ${TALLY_MS_PER_OBJECT} ms an object and ${TALLY_MS_PER_READ} ms one that is read, ${COLLECTION_MS_BASE} ms for S3's events and ${COLLECTION_MS_PER_RECEIVE} ms a receive, ${REPORT_MS} ms a report`,
    }),
    computeLineItem(region, {
      category: 'logs',
      item: 'Lambda logs',
      priceItem: 'logs.gb',
      quantity: (invocations * LOG_BYTES_PER_INVOCATION) / BYTES_PER_GB,
      formula: `invocations × ${LOG_BYTES_PER_INVOCATION} bytes, assumed`,
    }),
  ];
}

function computeCounterGbSeconds(usage: HarnessUsage): number {
  const bills = [
    { invocations: usage.counts, durationMs: usage.counts * COUNT_MS, memoryMbs: FUNCTION_MEMORY_MBS },
    {
      invocations: usage.collections,
      durationMs: usage.collections * COLLECTION_MS_BASE + usage.eventReceives * COLLECTION_MS_PER_RECEIVE,
      memoryMbs: COLLECT_FUNCTION_MEMORY_MBS,
    },
    {
      invocations: usage.tallies,
      durationMs:
        usage.tallies * TALLY_MS_BASE + usage.objects * TALLY_MS_PER_OBJECT + usage.objectsRead * TALLY_MS_PER_READ,
      memoryMbs: TALLY_FUNCTION_MEMORY_MBS,
    },
    { invocations: usage.reports, durationMs: usage.reports * REPORT_MS, memoryMbs: REPORT_FUNCTION_MEMORY_MBS },
  ];
  return bills.reduce((sum, bill) => sum + computeGbSeconds({ ...bill, initMs: INIT_MS_ASSUMED }), 0);
}

function computeObjects(usage: HarnessUsage, region: string): LineItem[] {
  const { trials, acknowledgements, objects, objectsRead, counts, collections, tallies, reports } = usage;
  const pagesOfTrial = Math.max(1, Math.ceil(objects / Math.max(1, trials) / LIST_PAGE_OBJECTS));
  return [
    computeLineItem(region, {
      category: 's3',
      item: 'S3 PUT requests',
      priceItem: 's3.put',
      quantity: OBJECTS_PER_RUN + OBJECTS_PER_REPORT + OBJECTS_PER_TRIAL * trials + acknowledgements,
      formula: `the plan, the report's ${REPORT_FILES} files, each trial's result, tally and S3 events, and an object of acknowledgements for each tick`,
    }),
    computeLineItem(region, {
      category: 's3',
      item: 'S3 LIST requests',
      priceItem: 's3.put',
      // A tally lists acknowledgements, events and warm-ups beside arrivals, a report results, tallies and the folders of trials.
      quantity:
        counts * pagesOfTrial +
        collections * Math.ceil(objects / LIST_PAGE_OBJECTS) +
        trials * (pagesOfTrial + 3) +
        reports * 3,
      formula:
        "pages of 1,000 objects: a trial's for each count, all of them for the collector, each trial's four lists for its tally, and each report's three",
    }),
    computeLineItem(region, {
      category: 's3',
      item: 'S3 GET requests',
      priceItem: 's3.get',
      quantity:
        objectsRead * READS_PER_OBJECT_READ +
        tallies * OBJECTS_PER_RUN +
        acknowledgements +
        2 * trials +
        reports * (OBJECTS_PER_RUN + 2 * trials) +
        INDEX_FILES,
      formula:
        'counter and tally read each arrival object whose name does not tell what it holds, the tally plan, result, acknowledgements and S3 events, each report the plan and every result and tally; and the index in its two forms',
    }),
  ];
}

function computeNotifications({ objects, eventReceives }: HarnessUsage, region: string): LineItem[] {
  return [
    computeLineItem(region, {
      category: 'delivery',
      item: 'S3 events sent',
      priceItem: 'sqs.request',
      quantity: objects,
      formula: "one for each arrival object; that S3's sends are billed to the queue's owner is assumed",
    }),
    computeLineItem(region, {
      category: 'delivery',
      item: 'S3 events received and deleted',
      priceItem: 'sqs.request',
      quantity: eventReceives + Math.ceil(objects / SQS.entriesPerCallMax),
      formula: 'receives of the collector, and a delete for each ten events',
    }),
  ];
}

/** What the warm-ups published and consumed, by the same arithmetic as the trials, one message an invocation. */
function computeWarmUpItems(warmUps: readonly WarmUp[], region: string): LineItem[] {
  const bills = warmUps.map(({ service, messages, messageBytes, isBufferedBriefly }) =>
    computeTrialCost(
      {
        service,
        windowSeconds: isBufferedBriefly ? 0 : 60,
        loadMs: 0,
        publish: {
          sent: messages,
          bytes: messages * messageBytes,
          billedUnits: computeBilledUnits(service, { messages, messageBytes, entryMessages: 1, publishBatchSize: 1 }),
        },
        invocations: messages,
        durationMs: messages * INVOCATION_MS,
        initMs: 0,
        invocationSizes: [{ messages: 1, invocations: messages }],
        objects: messages,
        emptyReceivesPerSecond: 0,
      },
      region,
    ),
  );
  return mergeLineItems(bills.map((items) => items.filter(({ quantity }) => quantity > 0))).map((item) => ({
    ...item,
    item: `Warm-up: ${item.item}`,
    formula: `expected: ${WARM_UP_MESSAGES} messages a trial, one an invocation and one an object`,
  }));
}

/** What is paid by the hour, for the time of the run that was no load: the trials pay for that. */
function computeIdle({ idleMs }: HarnessUsage, region: string): LineItem[] {
  const items = [
    computeLineItem(region, {
      category: 'fixed',
      item: 'Kinesis shard without load',
      priceItem: 'kinesis.shard-hour',
      quantity: idleMs.kinesis / 3_600_000,
      formula: 'the run from its start to its report, less the load of the Kinesis trials',
    }),
    computeLineItem(region, {
      category: 'fixed',
      item: 'SQS receives without load',
      priceItem: 'sqs.request',
      quantity: (idleMs.sqs / 1000) * EMPTY_RECEIVES_PER_SECOND,
      formula: `the run less the load of the SQS trials, × ${EMPTY_RECEIVES_PER_SECOND} receives a second, assumed`,
    }),
  ];
  return items.filter(({ quantity }) => quantity > 0);
}
