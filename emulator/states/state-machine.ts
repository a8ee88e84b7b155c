// State machines that exist, by ARN.

import type { StateMachineStatus } from '@aws-sdk/client-sfn';
import { AwsError } from '../kernel/errors.ts';
import type { Definition } from './definition/definition.ts';

/** As it is now. An update makes another of it: executions that run go on with the one that they started with. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** As it was given. */
  readonly definitionText: string;
  readonly definition: Definition;
  readonly creationMs: number;
  /** Of the last update; undefined while there was none. */
  readonly revisionId: string | undefined;
  readonly tags: readonly Tag[];
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export class StateMachines {
  readonly #byArn = new Map<string, StateMachine>();
  readonly #deleting = new Set<string>();

  /** @throws {AwsError} `StateMachineAlreadyExists`, `StateMachineDeleting` */
  add(machine: StateMachine): void {
    this.assertNotDeleting(machine.arn);
    if (this.#byArn.has(machine.arn)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${machine.arn}'`);
    }
    this.#byArn.set(machine.arn, machine);
  }

  /** @throws {AwsError} `StateMachineDoesNotExist`, `StateMachineDeleting` */
  replace(machine: StateMachine): void {
    this.get(machine.arn);
    this.assertNotDeleting(machine.arn);
    this.#byArn.set(machine.arn, machine);
  }

  find(arn: string): StateMachine | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws {AwsError} `StateMachineDoesNotExist` */
  get(arn: string): StateMachine {
    const machine = this.#byArn.get(arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  /** By name, character by character. */
  list(): readonly StateMachine[] {
    return [...this.#byArn.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  statusOf(arn: string): StateMachineStatus {
    return this.#deleting.has(arn) ? 'DELETING' : 'ACTIVE';
  }

  /** @throws {AwsError} `StateMachineDeleting` */
  assertNotDeleting(arn: string): void {
    if (this.#deleting.has(arn)) throw new AwsError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
  }

  /** Nothing starts on it any more; `remove` it once nothing runs on it. */
  startDeleting(arn: string): void {
    this.#deleting.add(arn);
  }

  remove(arn: string): void {
    this.#byArn.delete(arn);
    this.#deleting.delete(arn);
  }
}
