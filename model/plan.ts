// From an input to everything an execution will do. Pure: the same input gives the same plan.

import { computeCostEstimate } from './cost/estimate.ts';
import { computeDurationSeconds } from './duration.ts';
import { computeHistoryEvents } from './history.ts';
import type { ResolvedInput } from './input.ts';
import { computeSetting } from './mechanism.ts';
import { STEP_FUNCTIONS } from './quotas.ts';
import { describeUnreadable } from './readable-objects.ts';
import type { Service } from './service.ts';
import type { Lane, Plan, Trial } from './trial.ts';

/** Thrown when an execution would write more history than Step Functions keeps, pass more than it carries, or leave more than can be read. */
export class PlanTooLargeError extends Error {
  override name = 'PlanTooLargeError';
}

/** Thrown when a run is expected to cost more than its input allows. */
export class CostLimitError extends Error {
  override name = 'CostLimitError';
}

/**
 * @throws {PlanTooLargeError}
 * @throws {CostLimitError}
 * @throws {UnknownPriceError} when the region's prices are not all known.
 */
export function computePlan(request: {
  input: ResolvedInput;
  runId: string;
  startedAtMs: number;
  region: string;
}): Plan {
  const { input, runId, startedAtMs, region } = request;
  const lanes = input.services.map((service) => computeLane(input, service));
  const { costUsd, trials } = computeCostEstimate({ input, lanes }, region);
  const estimate = {
    costUsd,
    durationSeconds: Math.max(...lanes.map((lane) => computeDurationSeconds(input, lane))),
    historyEventsPerLane: Math.max(...lanes.map((lane) => computeHistoryEvents(input, lane))),
  };
  const plan = { runId, startedAtMs, input, lanes, estimate };
  assertFits(plan);
  const unreadable = describeUnreadable(lanes, trials);
  if (unreadable !== undefined) throw new PlanTooLargeError(unreadable);
  if (estimate.costUsd > input.costLimitUsd) {
    throw new CostLimitError(
      `the run is expected to cost $${estimate.costUsd.toFixed(4)}, and costLimitUsd is ${input.costLimitUsd}; raise costLimitUsd, or ask for fewer messages, batch sizes or services`,
    );
  }
  return plan;
}

/** Repetitions are interleaved, so that a slow quarter of an hour does not fall on one batch size alone. */
function computeLane(input: ResolvedInput, service: Service): Lane {
  const trials: Trial[] = [];
  for (let repetition = 1; repetition <= input.repetitions; repetition++) {
    for (const batchSize of input.batchSizes) {
      trials.push({
        trialId: `${service}-b${batchSize}-r${repetition}`,
        service,
        batchSize,
        repetition,
        messages: input.ticks * input.messagesPerTick,
        ...computeSetting(input, service, batchSize),
      });
    }
  }
  return { service, trials };
}

function assertFits(plan: Plan): void {
  const { historyEventsMax, payloadBytesMax } = STEP_FUNCTIONS;
  const { historyEventsPerLane } = plan.estimate;
  if (historyEventsPerLane > historyEventsMax) {
    throw new PlanTooLargeError(
      `a lane would write about ${historyEventsPerLane.toLocaleString('en')} history events, and an execution keeps ${historyEventsMax.toLocaleString('en')}; use fewer ticks, batchSizes or repetitions`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  if (bytes > payloadBytesMax) {
    throw new PlanTooLargeError(
      `the plan takes ${bytes.toLocaleString('en')} bytes, and a state passes ${payloadBytesMax.toLocaleString('en')}; use fewer batchSizes or repetitions`,
    );
  }
}
