// Executions that exist, and how one starts.

import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import type { Workflow } from './definition/definition.ts';
import { Execution, type ExecutionStart } from './execution/execution.ts';
import { runWorkflow } from './execution/run-workflow.ts';
import { Strand } from './execution/strand.ts';
import { Variables } from './execution/variables.ts';
import { countExecution } from './execution-metrics.ts';
import type { Payload } from './expressions/payload.ts';
import { MapRuns } from './map-runs/map-runs.ts';
import type { StateMachine } from './state-machine.ts';

export class Executions {
  readonly mapRuns = new MapRuns();
  readonly #byArn = new Map<string, Execution>();
  readonly #world: World;
  readonly #random;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random('states/executions');
  }

  /** @throws {AwsError} `ExecutionDoesNotExist` */
  get(arn: string): Execution {
    const execution = this.#byArn.get(arn);
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  /** Newest first. */
  list(isListed: (execution: Execution) => boolean): readonly Execution[] {
    return [...this.#byArn.values()].filter(isListed).reverse();
  }

  /** Ends all that run on a machine, children included, each at its next transition; resolves when they have ended. */
  async terminate(stateMachineArn: string): Promise<void> {
    const running = this.list(
      ({ start, isRunning }) =>
        isRunning &&
        (start.stateMachineArn === stateMachineArn || start.stateMachineArn.startsWith(`${stateMachineArn}/`)),
    );
    for (const execution of running) execution.isTerminating = true;
    await Promise.all(running.map(({ ended }) => ended));
  }

  /** A name for an execution that was given none. */
  makeUpName(): string {
    return this.#random.uuid();
  }

  /**
   * Starts an execution of the whole machine. The same name and input as one that still runs gives that one.
   * @throws {AwsError} `ExecutionAlreadyExists`
   */
  start(machine: StateMachine, name: string, input: Payload): Execution {
    const arn = this.#nameExecution(machine.name, name);
    const existing = this.#byArn.get(arn);
    if (existing?.isRunning && existing.start.input.text === input.text) return existing;
    if (existing) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    const { definition } = machine;
    return this.#launch(machine, definition, definition.timeoutSeconds, {
      arn,
      name,
      stateMachineArn: machine.arn,
      input,
      mapRunArn: undefined,
      itemCount: undefined,
    });
  }

  /** Starts a child that a Map Run expects. */
  startChild(stateMachineArn: string, name: string, input: Payload): Execution {
    const expected = this.mapRuns.take(stateMachineArn, name);
    const qualifiedName = stateMachineArn.split(':stateMachine:')[1] ?? '';
    const child = this.#launch(expected.machine, expected.workflow, undefined, {
      arn: this.#nameExecution(qualifiedName, name),
      name,
      stateMachineArn,
      input,
      mapRunArn: expected.mapRunArn,
      itemCount: expected.itemCount,
    });
    expected.started(child);
    return child;
  }

  #nameExecution(machineName: string, name: string): string {
    return `arn:aws:states:${this.#world.region}:${this.#world.accountId}:execution:${machineName}:${name}`;
  }

  #launch(
    machine: StateMachine,
    workflow: Workflow,
    timeoutSeconds: number | undefined,
    start: Omit<ExecutionStart, 'roleArn' | 'startMs'>,
  ): Execution {
    const startMs = Math.floor(this.#world.clock.now());
    const execution = new Execution({ ...start, roleArn: machine.roleArn, startMs });
    this.#byArn.set(start.arn, execution);
    countExecution(this.#world, execution);
    void this.#run(execution, machine, workflow, timeoutSeconds);
    return execution;
  }

  async #run(
    execution: Execution,
    machine: StateMachine,
    workflow: Workflow,
    timeoutSeconds: number | undefined,
  ): Promise<void> {
    const { clock } = this.#world;
    const nowMs = () => Math.floor(clock.now());
    const timer =
      timeoutSeconds === undefined ? undefined : clock.after(timeoutSeconds * 1000, () => execution.timeOut(nowMs()));
    const strand = new Strand({
      run: {
        world: this.#world,
        execution,
        machine,
        mapRuns: this.mapRuns,
        caller: { kind: 'role', roleArn: machine.roleArn, sessionName: execution.start.name },
        random: this.#random,
      },
      cancellation: execution.cancellation,
      variables: new Variables(),
      lastEventId: 0,
    });
    try {
      const output = await runWorkflow(strand, workflow, execution.start.input);
      execution.succeed(output, nowMs(), strand.lastEventId);
    } catch (error) {
      execution.fail(error, nowMs(), strand.lastEventId);
    } finally {
      timer?.cancel();
    }
  }
}
