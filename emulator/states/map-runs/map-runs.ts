// Map Runs that exist, and their children that are about to start: StartExecution finds here what it is asked to run.

import { AwsError } from '../../kernel/errors.ts';
import type { Workflow } from '../definition/definition.ts';
import type { Execution } from '../execution/execution.ts';
import type { StateMachine } from '../state-machine.ts';
import type { MapRun } from './map-run.ts';
import { StartRate } from './start-rate.ts';

export interface ExpectedChild {
  readonly machine: StateMachine;
  readonly workflow: Workflow;
  readonly mapRunArn: string;
  readonly itemCount: number;
  /** Told of the execution as soon as it has started. */
  started(child: Execution): void;
}

export class MapRuns {
  readonly startRate = new StartRate();
  readonly #expected = new Map<string, ExpectedChild>();
  readonly #labels = new Map<string, string>();
  readonly #byArn = new Map<string, MapRun>();

  add(mapRun: MapRun): void {
    this.#byArn.set(mapRun.start.arn, mapRun);
  }

  /** @throws {AwsError} `ResourceNotFound` */
  get(arn: string): MapRun {
    const mapRun = this.#byArn.get(arn);
    if (!mapRun) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    return mapRun;
  }

  /** Those that an execution started, newest first. */
  list(executionArn: string): readonly MapRun[] {
    return [...this.#byArn.values()].filter(({ start }) => start.executionArn === executionArn).reverse();
  }

  /** `stateMachineArn` is qualified with the Map Run's label. */
  expect(stateMachineArn: string, childName: string, child: ExpectedChild): void {
    this.#expected.set(`${stateMachineArn} ${childName}`, child);
  }

  /**
   * Each child once.
   * @throws {AwsError} `StateMachineDoesNotExist` when no Map Run expects it: only Step Functions itself starts children.
   */
  take(stateMachineArn: string, childName: string): ExpectedChild {
    const key = `${stateMachineArn} ${childName}`;
    const child = this.#expected.get(key);
    if (!child) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    this.#expected.delete(key);
    return child;
  }

  /** The label of a Map state that names none: made up once for each state. */
  labelFor(stateMachineArn: string, stateName: string, makeUp: () => string): string {
    const key = `${stateMachineArn} ${stateName}`;
    const label = this.#labels.get(key) ?? makeUp();
    this.#labels.set(key, label);
    return label;
  }
}
