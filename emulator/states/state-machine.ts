// State machines that exist, by ARN.

import { AwsError } from '../kernel/errors.ts';
import type { Definition } from './definition/definition.ts';

export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** As it was given. */
  readonly definitionText: string;
  readonly definition: Definition;
  readonly creationMs: number;
}

export class StateMachines {
  readonly #byArn = new Map<string, StateMachine>();

  /** @throws {AwsError} `StateMachineAlreadyExists` */
  add(machine: StateMachine): void {
    if (this.#byArn.has(machine.arn)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${machine.arn}'`);
    }
    this.#byArn.set(machine.arn, machine);
  }

  /** @throws {AwsError} `StateMachineDoesNotExist` */
  get(arn: string): StateMachine {
    const machine = this.#byArn.get(arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }
}
