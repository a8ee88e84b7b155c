// What the largest runs that the product takes would need, by what smaller ones took. Extrapolated: none of them was run.

import { TALLY_FUNCTION_MEMORY_MBS } from '../../../model/cost/lambda-billing.ts';
import { renderCount } from './figures.ts';
import type { FinishedJob } from './run-job.ts';
import { computeTransferSeconds } from './service-times.ts';

/** 1,000 ticks of 10,000 messages, the most that an input may ask for. */
const TRIAL_MESSAGES_MAX = 10_000_000;
/** 2,700 ticks of 10,000 messages, at 9 events of the 25,000 that an execution's history may have. One invocation reads them all. */
const FIREHOSE_LANE_MESSAGES_MAX = 27_000_000;
const TIMEOUT_SECONDS = 900;
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
    `extrapolated, tally of ${renderCount(TRIAL_MESSAGES_MAX)} messages at batch size 1: ${renderSeconds(seconds)}, ` +
    renderMemory(extrapolateBytes(sizes, TRIAL_MESSAGES_MAX))
  );
}

/** `lineBytes` is what one message takes in an object. */
export function renderLargestFirehoseLane(sizes: TwoSizes, lineBytes: number): string {
  const { messages, measured } = sizes.large;
  const seconds = (measured.cpuSeconds / messages) * FIREHOSE_LANE_MESSAGES_MAX;
  const bytes = lineBytes * FIREHOSE_LANE_MESSAGES_MAX;
  return (
    `extrapolated, tally of ${renderCount(FIREHOSE_LANE_MESSAGES_MAX)} messages of Firehose, by the CPU time a line at batch size 100, names tell nothing: ` +
    `${renderSeconds(seconds)}, beside which ${(bytes / 1e9).toFixed(0)} GB come in within ${computeTransferSeconds(bytes).toFixed(0)} s or more; ` +
    // A trial's arrays are let go when the second one after it has been opened.
    `of three trials, which are all in memory for a time, ${renderMemory(extrapolateBytes(sizes, FIREHOSE_LANE_MESSAGES_MAX))}`
  );
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
