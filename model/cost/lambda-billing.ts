// How Lambda bills, and the sizes of the functions that it bills here.

/** Every function's that is not named below, consumers among them. */
export const FUNCTION_MEMORY_MBS = 512;
export const REPORT_FUNCTION_MEMORY_MBS = 1024;
/** Its calls are many and small: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html gives one vCPU for 1,769 MB. */
export const COLLECT_FUNCTION_MEMORY_MBS = 1769;
/** One vCPU, and room for the arrays of a trial of ten million messages. */
export const TALLY_FUNCTION_MEMORY_MBS = 1769;

/**
 * Billed duration is rounded up to the next millisecond (https://aws.amazon.com/lambda/pricing/), CloudWatch's Duration
 * is not: on average the bill is half a millisecond longer for each invocation.
 */
const ROUNDING_MS_EXPECTED = 0.5;

/** Initialisation of a function with a few SDK clients, where it was not measured. 375 ms by https://speedrun.nobackspacecrew.com, 2025-07. */
export const INIT_MS_ASSUMED = 400;

const ASYNC_PAYLOAD_BYTES_FIRST = 256 * 1024;
const ASYNC_PAYLOAD_BYTES_NEXT = 64 * 1024;

/**
 * What Lambda writes to CloudWatch Logs for one invocation with JSON logging at the default level: a `platform.start`
 * and a `platform.report` event, some 140 and 210 bytes as in
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html, and 26 bytes that CloudWatch Logs adds to each
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html). Assumed, not measured.
 */
export const LOG_BYTES_PER_INVOCATION = 400;

/**
 * What EventBridge puts around an event's `detail`, in bytes: version, id, type, source, account, time, region and resources as in
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html, with this benchmark's names; rounded up.
 */
export const EVENT_FRAME_BYTES = 256;

/** Requests billed for one asynchronous invocation: one for the first 256 KB, one more for each 64 KB beyond. */
export function computeAsyncRequests(payloadBytes: number): number {
  return 1 + Math.max(0, Math.ceil((payloadBytes - ASYNC_PAYLOAD_BYTES_FIRST) / ASYNC_PAYLOAD_BYTES_NEXT));
}

/**
 * GB-seconds billed, in expectation. `durationMs` is the sum of CloudWatch's Duration, which leaves initialisation out;
 * `initMs` the sum over cold starts, billed since 2025-08-01
 * (https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/).
 */
export function computeGbSeconds(usage: {
  readonly invocations: number;
  readonly durationMs: number;
  readonly initMs: number;
  readonly memoryMbs: number;
}): number {
  const billedMs = usage.durationMs + usage.initMs + usage.invocations * ROUNDING_MS_EXPECTED;
  return (billedMs / 1000) * (usage.memoryMbs / 1024);
}
