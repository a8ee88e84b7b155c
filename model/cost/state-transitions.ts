// How many states a run enters, as statemachines/showdown.asl.json has them.

import type { Service } from '../service.ts';

/** How often a trial goes round its loops. */
export interface TrialLoops {
  readonly ticks: number;
  /** Looks whether the setting took effect; none where nothing is configured. */
  readonly configureLooks: number;
  readonly warmUpCounts: number;
  readonly arrivalCounts: number;
}

/** An update takes seconds to a minute, and is looked at every 10 s. */
export const CONFIGURE_LOOKS_EXPECTED = 3;

/**
 * Plan, RecordPlan, Lanes, CollectArrivalEvents, ArrivalEventsCollected, TallyTrials, SettleMetrics, Report, Verdict, Succeed. How often the
 * events are asked for leaves no mark; once is enough where S3 is quick.
 */
const RUN_STATES = 10;
/** BeginLane, Trials, RestoreDefaults, LaneOutcome. */
const LANE_STATES = 4;
const RESTORE_STATES: Readonly<Record<Service, number>> = { eventbridge: 0, sqs: 1, kinesis: 1, firehose: 2 };
/** BeginTrial, Configure, AlignWarmUp, WarmUp, AlignToMinute, RecordTrial. */
const TRIAL_STATES = 6;
/** The update itself; Firehose reads its version before, and decides. */
const UPDATE_STATES: Readonly<Record<Service, number>> = { eventbridge: 0, sqs: 1, kinesis: 1, firehose: 3 };
/** Wait, Choice, Task, Choice. */
const LOOK_STATES = 4;
/** Task and Choice, and a Wait before the next one. */
const LOOP_STATES = 3;

export function computeStateTransitions(
  lanes: readonly { readonly service: Service; readonly trials: readonly TrialLoops[] }[],
): number {
  const ofLanes = lanes.map(({ service, trials }) => {
    const ofTrials = trials.map((loops) => computeTrialTransitions(service, loops));
    return LANE_STATES + RESTORE_STATES[service] + ofTrials.reduce((sum, states) => sum + states, 0);
  });
  return ofLanes.reduce((sum, states) => sum + states, RUN_STATES + countTallies(lanes));
}

/** Children of TallyTrials, with one state each. */
export function countTallies(
  lanes: readonly { readonly service: Service; readonly trials: readonly unknown[] }[],
): number {
  return lanes.reduce((sum, { service, trials }) => sum + (service === 'firehose' ? 1 : trials.length), 0);
}

function computeTrialTransitions(service: Service, loops: TrialLoops): number {
  const looks = service === 'eventbridge' ? 0 : loops.configureLooks * LOOK_STATES;
  const turns = [loops.ticks, loops.warmUpCounts, loops.arrivalCounts].map((count) => count * LOOP_STATES - 1);
  return TRIAL_STATES + UPDATE_STATES[service] + looks + turns.reduce((sum, states) => sum + states, 0);
}
