// What the largest runs that the product takes would need, by what smaller ones took. Extrapolated: none of them was run.

import { COLLECT_FUNCTION_MEMORY_MBS, TALLY_FUNCTION_MEMORY_MBS } from '../../../model/cost/lambda-billing.ts';
import { computeLambdaUsd, computeRequestsUsd, renderCount } from './figures.ts';
import type { CollectionMeasurement } from './measure-collection.ts';
import type { FinishedJob } from './run-job.ts';
import { computeTransferSeconds } from './service-times.ts';

/** 1,000 ticks of 10,000 messages, the most that an input may ask for. */
const TRIAL_MESSAGES_MAX = 10_000_000;
/** 2,700 ticks of 10,000 messages, at 9 events of the 25,000 that an execution's history may have. One invocation reads them all. */
const FIREHOSE_LANE_MESSAGES_MAX = 27_000_000;
const TIMEOUT_SECONDS = 900;
/** The collector begins nothing new when less than that is left. */
const COLLECTOR_RESERVE_SECONDS = 120;
const MEGABYTE = 1_000_000;

/** The same job at two sizes, so that what grows with a trial is told apart from what does not. */
export interface TwoSizes {
  readonly small: Size;
  readonly large: Size;
}

interface Size {
  readonly messages: number;
  readonly measured: FinishedJob;
}

export function renderLargestTrial(sizes: TwoSizes): string {
  const { messages, measured } = sizes.large;
  const seconds = (measured.lambdaSeconds / messages) * TRIAL_MESSAGES_MAX;
  return (
    `extrapolated from ${renderCount(messages)} messages, tally of ${renderCount(TRIAL_MESSAGES_MAX)} messages at batch size 1: ${renderSeconds(seconds)}, ` +
    renderMemory(extrapolateBytes(sizes, TRIAL_MESSAGES_MAX))
  );
}

/** `lineBytes` is what one message takes in an object. */
export function renderLargestFirehoseLane(sizes: TwoSizes, lineBytes: number): string {
  const { messages, measured } = sizes.large;
  const seconds = (measured.cpuSeconds / messages) * FIREHOSE_LANE_MESSAGES_MAX;
  const bytes = lineBytes * FIREHOSE_LANE_MESSAGES_MAX;
  return (
    `extrapolated from ${renderCount(messages)} messages, tally of ${renderCount(FIREHOSE_LANE_MESSAGES_MAX)} messages of Firehose, by the CPU time a line at batch size 100, names tell nothing: ` +
    `${renderSeconds(seconds)}, beside which ${(bytes / 1e9).toFixed(0)} GB come in within ${computeTransferSeconds(bytes).toFixed(0)} s or more; ` +
    // A trial's arrays are let go when the second one after it has been opened.
    `of three trials, which are all in memory for a time, ${renderMemory(extrapolateBytes(sizes, FIREHOSE_LANE_MESSAGES_MAX))}`
  );
}

export function renderLargestCollection({ counting, draining, sqsRequests }: CollectionMeasurement): string[] {
  const events = draining.collection?.events ?? Number.NaN;
  const perSecond = events / draining.lambdaSeconds;
  const toSize = (objects: number) => ({
    countingSeconds: (counting.lambdaSeconds / events) * objects,
    drainingSeconds: objects / perSecond,
  });
  const million = toSize(1_000_000);
  const requests = {
    lists: (counting.lists / events) * 1_000_000,
    gets: 0,
    puts: (draining.puts / events) * 1_000_000,
    sqsRequests: (sqsRequests / events) * 1_000_000,
  };
  const millionUsd = computeRequestsUsd(requests) + computeLambdaUsd(million.countingSeconds + million.drainingSeconds);
  const most = toSize(TRIAL_MESSAGES_MAX);
  const invocations = Math.ceil(most.drainingSeconds / (TIMEOUT_SECONDS - COLLECTOR_RESERVE_SECONDS));
  return [
    `collector: ${renderCount(perSecond)} events a second once the objects are counted, which takes ${counting.lambdaSeconds.toFixed(1)} of its Lambda seconds; ` +
      `${renderCount(draining.receives)} receives, ${renderCount(draining.deletes)} deletes, and ${renderCount(sqsRequests - draining.receives - draining.deletes)} sends of S3's`,
    `extrapolated from ${renderCount(events)} events, collection of 1,000,000 events: ${million.countingSeconds.toFixed(0)} s to count the objects, ${million.drainingSeconds.toFixed(0)} s for the events, ${millionUsd.toFixed(2)} USD`,
    `extrapolated from ${renderCount(events)} events, collection of ${renderCount(TRIAL_MESSAGES_MAX)} events: the first invocation needs ${renderSeconds(most.countingSeconds)} to count the objects; ` +
      `then ${most.drainingSeconds.toFixed(0)} s for the events, in ${invocations} invocations of ${TIMEOUT_SECONDS} s less ${COLLECTOR_RESERVE_SECONDS} s that are kept back; ` +
      `memory stays at ${(draining.liveBytesMax / MEGABYTE).toFixed(0)} of ${COLLECT_FUNCTION_MEMORY_MBS} MB, beside Node.js's own`,
  ];
}

/** The large one's most, and what arrays grew by from the small one to it, for each message beyond. */
function extrapolateBytes({ small, large }: TwoSizes, messages: number): number {
  const arrayBytes = large.measured.arrayBytesLast - small.measured.arrayBytesLast;
  const bytesPerMessage = arrayBytes / (large.messages - small.messages);
  return large.measured.liveBytesMax + bytesPerMessage * (messages - large.messages);
}

function renderSeconds(seconds: number): string {
  return `${seconds.toFixed(0)} s of ${TIMEOUT_SECONDS}${seconds > TIMEOUT_SECONDS ? ' (TOO LONG)' : ''}`;
}

function renderMemory(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(0)} MB of ${TALLY_FUNCTION_MEMORY_MBS}, beside Node.js's own`;
}
