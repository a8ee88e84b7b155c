// How state machines are made and changed, whoever asks for it: a template or a call.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { visitStates } from './definition/check-workflow.ts';
import type { Definition } from './definition/definition.ts';
import { parseDefinition } from './definition/parse-definition.ts';
import type { ExpressionFunction } from './expressions/expression-functions.ts';
import { createExpressionFunctions } from './expressions/expression-functions.ts';
import { assertName } from './operations/names.ts';
import type { StateMachine, StateMachines, Tag } from './state-machine.ts';

export interface MachineProps {
  readonly name: string;
  /** JSON text, all substitutions made. */
  readonly definition: string;
  readonly roleArn: string;
  readonly tags?: readonly Tag[];
}

export class MachineMaker {
  readonly #world: World;
  readonly #machines: StateMachines;
  readonly #functions: ReadonlyMap<string, ExpressionFunction>;
  readonly #random: Random;

  constructor(world: World, machines: StateMachines) {
    this.#world = world;
    this.#machines = machines;
    this.#functions = createExpressionFunctions({ clock: world.clock, random: world.random('states/expressions') });
    this.#random = world.random('states/revisions');
  }

  nameArn(name: string): string {
    return `arn:aws:states:${this.#world.region}:${this.#world.accountId}:stateMachine:${name}`;
  }

  /**
   * @throws {InvalidDefinitionError}
   * @throws {UnsupportedFeatureError} when the definition asks for what the emulator does not model, such as a task on a
   * service operation that is not registered.
   */
  parse(definitionText: string): Definition {
    const definition = parseDefinition(definitionText, this.#functions);
    visitStates(definition, (state) => {
      if (state.type !== 'Task') return;
      const { resource } = state;
      const [service, operation] =
        resource.kind === 'lambda-invoke' ? ['lambda', 'Invoke'] : [resource.service, resource.operation];
      if (!this.#world.gateway.has(service, operation)) {
        throw new UnsupportedFeatureError(`state ${state.name}`, `a task on ${service} ${operation}`);
      }
    });
    return definition;
  }

  /** @throws {AwsError} `InvalidName`, `InvalidArn`, `InvalidDefinition`, `StateMachineAlreadyExists`, `StateMachineDeleting` */
  create({ name, definition: definitionText, roleArn, tags = [] }: MachineProps): StateMachine {
    assertName(name);
    assertRoleArn(roleArn);
    const machine = {
      arn: this.nameArn(name),
      name,
      roleArn,
      definitionText,
      definition: this.parse(definitionText),
      creationMs: this.#nowMs(),
      revisionId: undefined,
      tags,
    };
    this.#machines.add(machine);
    return machine;
  }

  /** The machine that the same CreateStateMachine made before: its role and tags are not compared. */
  findSame({ name, definition }: MachineProps): StateMachine | undefined {
    const arn = this.nameArn(name);
    this.#machines.assertNotDeleting(arn);
    const machine = this.#machines.find(arn);
    return machine?.definitionText === definition ? machine : undefined;
  }

  /**
   * An update that changes nothing makes no new revision.
   * @throws {AwsError} `StateMachineDoesNotExist`, `StateMachineDeleting`, `InvalidArn`, `InvalidDefinition`
   */
  update(
    arn: string,
    changes: { definition?: string | undefined; roleArn?: string | undefined },
  ): { machine: StateMachine; updateMs: number } {
    const current = this.#machines.get(arn);
    const { definition: definitionText = current.definitionText, roleArn = current.roleArn } = changes;
    assertRoleArn(roleArn);
    const isSameText = definitionText === current.definitionText;
    const revisionId = isSameText && roleArn === current.roleArn ? current.revisionId : this.#random.uuid();
    const definition = isSameText ? current.definition : this.parse(definitionText);
    const machine = { ...current, definitionText, definition, roleArn, revisionId };
    this.#machines.replace(machine);
    return { machine, updateMs: this.#nowMs() };
  }

  #nowMs(): number {
    return Math.floor(this.#world.clock.now());
  }
}

function assertRoleArn(roleArn: string): void {
  if (/^arn:aws:iam::\d{12}:role\/.+$/.test(roleArn)) return;
  throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
}
