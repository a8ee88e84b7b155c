// What a run is expected to cost, before anything is published.

import { computePublishBatchSize } from '../input.ts';
import { MESSAGE_BYTES_TYPICAL } from '../mechanism.ts';
import { SQS } from '../quotas.ts';
import type { Plan, Trial } from '../trial.ts';
import {
  EVENT_CHUNK_BYTES,
  FIREHOSE_ROUNDING_BYTES,
  PUT_PAYLOAD_UNIT_BYTES,
  REQUEST_CHUNK_BYTES,
} from './billing-units.ts';
import { computeHarnessCost, computeHarnessUsage } from './harness-cost.ts';
import { sumCostUsd } from './line-item.ts';
import { computeTrialCost, type TrialUsage } from './trial-cost.ts';

/** Kinesis is polled once a second; the shortest buffer of the others is assumed to be as long. */
const FILL_SECONDS_MIN = 1;
/** Assumed for a consumer: one S3 PUT and a little work, and a little more for each message. */
const INVOCATION_MS = 80;
const MESSAGE_MS = 0.1;
/** Five pollers, three long polls of 20 s a minute each. */
const EMPTY_RECEIVES_PER_SECOND = 0.25;

/**
 * The run's expected cost in USD: its trials' and the harness's own. Where the service decides how full a batch gets, the
 * estimate errs on the side of more invocations.
 * @throws {UnknownPriceError} when `region` has no confirmed price for something the run would use.
 */
export function computeEstimateUsd(plan: Pick<Plan, 'lanes' | 'input'>, region: string): number {
  const usages = plan.lanes.flatMap((lane) => lane.trials.map((trial) => computeExpectedUsage(plan, trial)));
  const objects = usages.reduce((sum, usage) => sum + usage.objects, 0);
  const trialsUsd = usages.reduce((sum, usage) => sum + sumCostUsd(computeTrialCost(usage, region)), 0);
  return (
    trialsUsd +
    sumCostUsd(computeHarnessCost(computeHarnessUsage(plan, { results: [], objects, reportAttempts: 1 }), region))
  );
}

function computeExpectedUsage({ input }: Pick<Plan, 'input'>, trial: Trial): TrialUsage {
  const messageBytes = Math.max(MESSAGE_BYTES_TYPICAL, input.payloadBytes);
  const loadMs = input.ticks * input.tickSeconds * 1000;
  const filled = Math.max(1, Math.min(trial.batchSize, computeMessagesAtHand(trial, loadMs / 1000)));
  const invocations = Math.ceil(trial.messages / filled);
  return {
    service: trial.service,
    windowSeconds: trial.windowSeconds,
    loadMs,
    publish: {
      sent: trial.messages,
      bytes: trial.messages * messageBytes,
      billedUnits: computeBilledUnits(trial, messageBytes, filled, computePublishBatchSize(input, trial.service)),
    },
    invocations,
    durationMs: invocations * INVOCATION_MS + trial.messages * MESSAGE_MS,
    initMs: 0,
    invocationSizes: [{ messages: filled, invocations }],
    objects: invocations,
    emptyReceivesPerSecond: trial.service === 'sqs' ? EMPTY_RECEIVES_PER_SECOND : 0,
  };
}

/** Messages that there are to fill one batch with. */
function computeMessagesAtHand(trial: Trial, loadSeconds: number): number {
  const perSecond = trial.messages / loadSeconds;
  const inWindow = Math.floor(perSecond * Math.max(FILL_SECONDS_MIN, trial.windowSeconds));
  switch (trial.service) {
    case 'eventbridge':
      return Math.min(trial.eventMessagesMax ?? trial.batchSize, inWindow);
    case 'sqs':
      return Math.floor((perSecond * trial.windowSeconds) / SQS.pollersAtStart);
    case 'kinesis':
    case 'firehose':
      return inWindow;
  }
}

function computeBilledUnits(
  { service, messages }: Trial,
  messageBytes: number,
  packedMessages: number,
  publishBatchSize: number,
): number {
  switch (service) {
    case 'eventbridge':
      return Math.ceil(messages / packedMessages) * Math.ceil((packedMessages * messageBytes) / EVENT_CHUNK_BYTES);
    case 'sqs':
      return (
        Math.ceil(messages / publishBatchSize) * Math.ceil((publishBatchSize * messageBytes) / REQUEST_CHUNK_BYTES)
      );
    case 'kinesis':
      return messages * Math.ceil(messageBytes / PUT_PAYLOAD_UNIT_BYTES);
    case 'firehose':
      return messages * Math.ceil(messageBytes / FIREHOSE_ROUNDING_BYTES) * FIREHOSE_ROUNDING_BYTES;
  }
}
