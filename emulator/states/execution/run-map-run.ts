// A Distributed Map: each item in an execution of its own, started as the state machine's role.
// https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html

import { AwsError } from '../../kernel/errors.ts';
import type { Distribution, MapState } from '../definition/definition.ts';
import type { JsonValue } from '../expressions/json-value.ts';
import { Payload } from '../expressions/payload.ts';
import type { Execution } from './execution.ts';
import { renderFailedChild } from './render-failed-child.ts';
import type { SelectedItem } from './run-map.ts';
import type { Attempt } from './run-with-recovery.ts';
import { StateError } from './state-error.ts';
import type { Visit } from './visit.ts';

interface MapRun {
  readonly arn: string;
  /** The machine's, qualified with the label. */
  readonly stateMachineArn: string;
  readonly running: Set<Execution>;
  /** Failed or called off: no child starts any more. */
  isOver: boolean;
}

interface Tolerance {
  readonly percentage: number | undefined;
  readonly count: number | undefined;
}

/** Runs the children, at most `concurrency` at a time; the result is the array of their outputs. */
export async function runMapRun(
  visit: Visit,
  state: MapState,
  distribution: Distribution,
  selected: readonly SelectedItem[],
  concurrency: number,
): Promise<Attempt> {
  const { strand } = visit;
  const tolerance = await evaluateTolerance(visit, distribution);
  const mapRun = nameMapRun(visit, distribution);
  strand.record('MapStateStarted', 'mapStateStartedEventDetails', { length: selected.length });
  const previousEventId = strand.record('MapRunStarted', 'mapRunStartedEventDetails', { mapRunArn: mapRun.arn });
  try {
    const outputs = await runChildren(visit, state, mapRun, selected, concurrency, tolerance);
    const result = visit.limit(new Payload(outputs));
    strand.record('MapRunSucceeded');
    strand.record('MapStateSucceeded');
    return { ...(await visit.complete(state, result, { result: result.value })), previousEventId };
  } catch (error) {
    if (error instanceof StateError) {
      strand.record('MapRunFailed', 'mapRunFailedEventDetails', error.details);
      strand.record('MapStateFailed');
    }
    throw error;
  }
}

async function evaluateTolerance(visit: Visit, distribution: Distribution): Promise<Tolerance> {
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = distribution;
  return {
    percentage: percentage && (await visit.evaluateNumber(percentage)),
    count: count && (await visit.evaluateInteger(count, 0, Number.MAX_SAFE_INTEGER)),
  };
}

function nameMapRun({ strand, state }: Visit, distribution: Distribution): MapRun {
  const { machine, mapRuns, random, world } = strand.run;
  const label = distribution.label ?? mapRuns.labelFor(machine.arn, state.name, () => random.uuid());
  return {
    arn: `arn:aws:states:${world.region}:${world.accountId}:mapRun:${machine.name}/${label}:${random.uuid()}`,
    stateMachineArn: `${machine.arn}/${label}`,
    running: new Set(),
    isOver: false,
  };
}

async function runChildren(
  visit: Visit,
  state: MapState,
  mapRun: MapRun,
  selected: readonly SelectedItem[],
  concurrency: number,
  tolerance: Tolerance,
): Promise<JsonValue[]> {
  const { strand } = visit;
  const outputs: JsonValue[] = selected.map(() => null);
  const waiting = selected.entries();
  let failures = 0;
  const startChildren = async (): Promise<void> => {
    for (const [index, { input }] of waiting) {
      const child = await strand.cancellation.guard(startChild(visit, state, mapRun, input));
      await strand.cancellation.guard(child.ended);
      if (mapRun.isOver) return;
      mapRun.running.delete(child);
      if (child.fault) throw child.fault;
      outputs[index] = child.output ? child.output.value : renderFailedChild(child);
      if (child.status !== 'SUCCEEDED') failures++;
      assertTolerated(failures, selected.length, tolerance);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, selected.length) }, startChildren));
    return outputs;
  } catch (error) {
    mapRun.isOver = true;
    for (const child of mapRun.running) child.abort({}, strand.nowMs);
    throw error;
  }
}

/** @throws {StateError} `States.ExceedToleratedFailureThreshold` */
function assertTolerated(failures: number, total: number, { percentage, count }: Tolerance): void {
  const isTolerated =
    percentage === undefined && count === undefined
      ? failures === 0
      : (100 * failures) / total <= (percentage ?? 100) && failures <= (count ?? total);
  if (isTolerated) return;
  throw new StateError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

/**
 * Through the gateway, so that the role needs `states:StartExecution` on its own machine:
 * https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
async function startChild(visit: Visit, state: MapState, mapRun: MapRun, input: Payload): Promise<Execution> {
  const { caller, machine, mapRuns, random, world } = visit.strand.run;
  const name = random.uuid();
  const { promise, resolve } = Promise.withResolvers<Execution>();
  mapRuns.expect(mapRun.stateMachineArn, name, {
    machine,
    workflow: state.processor,
    mapRunArn: mapRun.arn,
    started(child) {
      mapRun.running.add(child);
      if (mapRun.isOver) child.abort({}, visit.strand.nowMs);
      resolve(child);
    },
  });
  try {
    await world.gateway.call({
      service: 'sfn',
      operation: 'StartExecution',
      input: { stateMachineArn: mapRun.stateMachineArn, name, input: input.text },
      caller,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new StateError('States.Permissions', visit.explain(error.message));
  }
  return promise;
}
