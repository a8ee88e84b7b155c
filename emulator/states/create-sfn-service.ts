// Step Functions: Standard workflows in JSONata.

import type { Operation, Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { Executions } from './executions.ts';
import { MachineMaker, type MachineProps } from './machine-maker.ts';
import { createStateMachine } from './operations/create-state-machine.ts';
import { deleteStateMachine } from './operations/delete-state-machine.ts';
import { describeExecution } from './operations/describe-execution.ts';
import { describeMapRun } from './operations/describe-map-run.ts';
import { describeStateMachine } from './operations/describe-state-machine.ts';
import { getExecutionHistory } from './operations/get-execution-history.ts';
import { listExecutions } from './operations/list-executions.ts';
import { listMapRuns } from './operations/list-map-runs.ts';
import { listStateMachines } from './operations/list-state-machines.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { startExecution } from './operations/start-execution.ts';
import { stopExecution } from './operations/stop-execution.ts';
import { updateMapRun } from './operations/update-map-run.ts';
import { updateStateMachine } from './operations/update-state-machine.ts';
import { validateStateMachineDefinition } from './operations/validate-state-machine-definition.ts';
import { StateMachines } from './state-machine.ts';

export interface StateMachineProps extends MachineProps {
  readonly type: 'STANDARD';
}

export interface SfnService {
  readonly service: Service;
  /**
   * @throws {AwsError} `InvalidName`, `InvalidArn`, `InvalidDefinition`, `StateMachineAlreadyExists`, `StateMachineDeleting`
   * @throws {UnsupportedFeatureError} when the definition asks for what the emulator does not model, such as a task on a
   * service operation that is not registered.
   */
  createStateMachine(props: StateMachineProps): { readonly stateMachineArn: string };
  /** Executions under way keep the definition that they began with. @throws as `createStateMachine`, and `StateMachineDoesNotExist`. */
  updateStateMachine(stateMachineArn: string, changes: { definition: string; roleArn: string }): void;
  /**
   * Resolves once the machine is gone, which it is when its executions have ended: each ends at its next transition. One
   * that does not exist is gone already.
   */
  deleteStateMachine(stateMachineArn: string): Promise<void>;
}

export function createSfnService(world: World): SfnService {
  const machines = new StateMachines();
  const executions = new Executions(world);
  const maker = new MachineMaker(world, machines);
  const remove = async (arn: string) => {
    if (!machines.find(arn)) return;
    machines.startDeleting(arn);
    await executions.terminate(arn);
    machines.remove(arn);
  };
  return {
    service: { name: 'sfn', operations: createOperations({ world, machines, executions, maker, remove }) },
    createStateMachine: (props) => ({ stateMachineArn: maker.create(props).arn }),
    updateStateMachine(arn, changes) {
      maker.update(arn, changes);
    },
    deleteStateMachine: remove,
  };
}

function createOperations({
  world,
  machines,
  executions,
  maker,
  remove,
}: {
  world: World;
  machines: StateMachines;
  executions: Executions;
  maker: MachineMaker;
  remove(arn: string): Promise<void>;
}): readonly Operation[] {
  return [
    startExecution(machines, executions),
    describeExecution(executions),
    getExecutionHistory(executions),
    listExecutions(machines, executions),
    stopExecution(executions, world.clock),
    createStateMachine(maker),
    describeStateMachine(machines),
    listStateMachines(machines),
    updateStateMachine(maker),
    deleteStateMachine(remove),
    validateStateMachineDefinition(maker),
    listTagsForResource(machines),
    describeMapRun(executions.mapRuns),
    listMapRuns(executions),
    updateMapRun(executions.mapRuns),
  ];
}
