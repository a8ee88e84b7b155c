// A Distributed Map: each item or batch in an execution of its own, started as the state machine's role.
// https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html

import { AwsError } from '../../kernel/errors.ts';
import type { Distribution, MapState } from '../definition/definition.ts';
import { CancelledError } from '../execution/cancellation.ts';
import type { Execution } from '../execution/execution.ts';
import type { Attempt } from '../execution/run-with-recovery.ts';
import { evaluateItems, selectItems } from '../execution/select-items.ts';
import { StateError } from '../execution/state-error.ts';
import type { Visit } from '../execution/visit.ts';
import { Payload } from '../expressions/payload.ts';
import { batchItems, type ChildInput } from './batch-items.ts';
import { MapRun, type MapRunSettings } from './map-run.ts';
import { readItems } from './read-items.ts';
import { collectResults } from './results.ts';
import { writeResults } from './write-results.ts';

/** Runs the children; the result is the array of their outputs, or where it was written. */
export async function runMapRun(
  visit: Visit,
  state: MapState,
  distribution: Distribution,
  maxConcurrency: number,
): Promise<Attempt> {
  const { strand } = visit;
  const settings = await evaluateSettings(visit, distribution, maxConcurrency);
  const inHand = distribution.itemReader
    ? undefined
    : await selectItems(visit, state, await evaluateItems(visit, state));
  strand.record('MapStateStarted', 'mapStateStartedEventDetails', { length: inHand?.length ?? 0 });
  const mapRun = createMapRun(visit, distribution, settings);
  strand.record('MapRunStarted', 'mapRunStartedEventDetails', { mapRunArn: mapRun.start.arn });
  try {
    const selected = inHand ?? (await selectFromS3(visit, state, distribution));
    const inputs = await batchItems(visit, distribution.itemBatcher, selected);
    await strand.cancellation.guard(mapRun.run(inputs, (input) => startChild(visit, state, mapRun, input)));
    const result = visit.limit(await strand.cancellation.guard(collectResult(visit, distribution, mapRun)));
    mapRun.end('SUCCEEDED', strand.nowMs);
    const previousEventId = strand.record('MapRunSucceeded');
    strand.record('MapStateSucceeded');
    return { ...(await visit.complete(state, result, { result: result.value })), previousEventId };
  } catch (error) {
    mapRun.end(error instanceof StateError ? 'FAILED' : 'ABORTED', strand.nowMs);
    if (error instanceof CancelledError) {
      strand.run.world.clock.spawn(() => exportUnfinished(visit, distribution, mapRun));
    } else if (error instanceof StateError) {
      await strand.cancellation.guard(exportUnfinished(visit, distribution, mapRun));
      strand.record('MapRunFailed', 'mapRunFailedEventDetails', error.details);
      strand.record('MapStateFailed');
    }
    throw error;
  }
}

async function evaluateSettings(
  visit: Visit,
  { toleratedFailureCount: count, toleratedFailurePercentage: percentage }: Distribution,
  maxConcurrency: number,
): Promise<MapRunSettings> {
  return {
    maxConcurrency,
    toleratedFailurePercentage: percentage && (await visit.evaluateNumber(percentage, 0, 100)),
    toleratedFailureCount: count && (await visit.evaluateInteger(count, 0, Number.MAX_SAFE_INTEGER)),
  };
}

function createMapRun({ strand, state }: Visit, distribution: Distribution, settings: MapRunSettings): MapRun {
  const { execution, machine, mapRuns, random, world } = strand.run;
  const label = distribution.label ?? mapRuns.labelFor(machine.arn, state.name, () => random.uuid());
  const mapRun = new MapRun(
    {
      arn: `arn:aws:states:${world.region}:${world.accountId}:mapRun:${machine.name}/${label}:${random.uuid()}`,
      executionArn: execution.start.arn,
      stateMachineArn: `${machine.arn}/${label}`,
      startMs: strand.nowMs,
    },
    settings,
  );
  mapRuns.add(mapRun);
  return mapRun;
}

async function selectFromS3(visit: Visit, state: MapState, { itemReader }: Distribution) {
  return selectItems(visit, state, itemReader ? await readItems(visit, itemReader) : []);
}

async function collectResult(visit: Visit, { resultWriter: writer }: Distribution, mapRun: MapRun): Promise<Payload> {
  return new Payload(
    writer?.destination
      ? await writeResults(visit, writer, writer.destination, mapRun)
      : collectResults(mapRun, writer?.transformation ?? 'COMPACT'),
  );
}

/** What there is so far, with what never started. The run is over already: that it cannot be written adds nothing. */
async function exportUnfinished(visit: Visit, { resultWriter: writer }: Distribution, mapRun: MapRun): Promise<void> {
  if (!writer?.destination || mapRun.hasWrittenResults || mapRun.children.length === 0) return;
  try {
    await writeResults(visit, writer, writer.destination, mapRun);
  } catch (error) {
    if (!(error instanceof StateError || error instanceof CancelledError)) throw error;
  }
}

/**
 * Through the gateway, so that the role needs `states:StartExecution` on its own machine:
 * https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
async function startChild(visit: Visit, state: MapState, mapRun: MapRun, child: ChildInput): Promise<Execution> {
  const { caller, machine, mapRuns, random, world } = visit.strand.run;
  const name = random.uuid();
  const { stateMachineArn } = mapRun.start;
  const nowMs = world.clock.now();
  const startMs = mapRuns.startRate.reserve(nowMs);
  if (startMs > nowMs) await visit.strand.cancellation.sleepUntil(world.clock, startMs);
  const { promise, resolve } = Promise.withResolvers<Execution>();
  mapRuns.expect(stateMachineArn, name, {
    machine,
    workflow: state.processor,
    mapRunArn: mapRun.start.arn,
    itemCount: child.itemCount,
    started: resolve,
  });
  try {
    await world.gateway.call({
      service: 'sfn',
      operation: 'StartExecution',
      input: { stateMachineArn, name, input: child.input.text },
      caller,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new StateError('States.Permissions', visit.explain(error.message));
  }
  return promise;
}
