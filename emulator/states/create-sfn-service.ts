// Step Functions: Standard workflows in JSONata.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { visitStates } from './definition/check-workflow.ts';
import type { Definition } from './definition/definition.ts';
import { parseDefinition } from './definition/parse-definition.ts';
import { Executions } from './executions.ts';
import { createExpressionFunctions } from './expressions/expression-functions.ts';
import { describeExecution } from './operations/describe-execution.ts';
import { describeStateMachine } from './operations/describe-state-machine.ts';
import { getExecutionHistory } from './operations/get-execution-history.ts';
import { listExecutions } from './operations/list-executions.ts';
import { NAME_RULE } from './operations/names.ts';
import { startExecution } from './operations/start-execution.ts';
import { stopExecution } from './operations/stop-execution.ts';
import { StateMachines } from './state-machine.ts';

export interface StateMachineProps {
  readonly name: string;
  /** JSON text, all substitutions made. */
  readonly definition: string;
  readonly roleArn: string;
  readonly type: 'STANDARD';
}

export interface SfnService {
  readonly service: Service;
  /**
   * @throws {AwsError} `InvalidName`, `InvalidDefinition` or `StateMachineAlreadyExists`.
   * @throws {UnsupportedFeatureError} when the definition asks for what the emulator does not model, such as a task on a
   * service operation that is not registered.
   */
  createStateMachine(props: StateMachineProps): { readonly stateMachineArn: string };
}

export function createSfnService(world: World): SfnService {
  const machines = new StateMachines();
  const executions = new Executions(world);
  const functions = createExpressionFunctions({ clock: world.clock, random: world.random('states/expressions') });
  return {
    service: {
      name: 'sfn',
      operations: [
        startExecution(machines, executions),
        describeExecution(executions),
        getExecutionHistory(executions),
        listExecutions(machines, executions),
        stopExecution(executions, world.clock),
        describeStateMachine(machines),
      ],
    },
    createStateMachine({ name, definition: definitionText, roleArn }) {
      if (!NAME_RULE.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
      const definition = parseDefinition(definitionText, functions);
      refuseMissingOperations(world, definition);
      const arn = `arn:aws:states:${world.region}:${world.accountId}:stateMachine:${name}`;
      machines.add({ arn, name, roleArn, definitionText, definition, creationMs: Math.floor(world.clock.now()) });
      return { stateMachineArn: arn };
    },
  };
}

/** Found out now rather than when a task gets there. */
function refuseMissingOperations(world: World, definition: Definition): void {
  visitStates(definition, (state) => {
    if (state.type !== 'Task') return;
    const { resource } = state;
    const [service, operation] =
      resource.kind === 'lambda-invoke' ? ['lambda', 'Invoke'] : [resource.service, resource.operation];
    if (!world.gateway.has(service, operation)) {
      throw new UnsupportedFeatureError(`state ${state.name}`, `a task on ${service} ${operation}`);
    }
  });
}
