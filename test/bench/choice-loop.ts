// Transitions a second of a Choice state that counts in JSONata until it is left. 20,000 is the least that will do.

import { createTestWorld } from '../../emulator/states/create-test-world.ts';

/** Two events each; an execution may have 25,000. */
const TRANSITIONS = 12_000;
const RUNS = 5;
const GOAL_PER_SECOND = 20_000;

const definition = {
  StartAt: 'Start',
  States: {
    Start: { Type: 'Pass', Assign: { count: 1 }, Next: 'Loop' },
    Loop: {
      Type: 'Choice',
      Choices: [{ Condition: `{% $count < ${TRANSITIONS} %}`, Assign: { count: '{% $count + 1 %}' }, Next: 'Loop' }],
      Default: 'End',
    },
    End: { Type: 'Succeed' },
  },
};

const rates: number[] = [];
for (let run = 1; run <= RUNS; run++) {
  const { create, call, clock } = createTestWorld();
  const stateMachineArn = create(definition);
  await call('StartExecution', { stateMachineArn, name: 'loop', input: '{}' });
  const executionArn = stateMachineArn.replace(':stateMachine:', ':execution:').concat(':loop');
  const startedMs = performance.now();
  await clock.runUntil(clock.now() + 3_600_000);
  const ratePerSecond = TRANSITIONS / ((performance.now() - startedMs) / 1000);
  const { status } = await call('DescribeExecution', { executionArn });
  if (status !== 'SUCCEEDED') throw new Error(`the execution is ${status}`);
  rates.push(ratePerSecond);
  process.stdout.write(`choice loop ${run} of ${RUNS}: ${ratePerSecond.toFixed(0)} transitions/s\n`);
}
const [, , median = 0] = rates.toSorted((a, b) => a - b);
if (median < GOAL_PER_SECOND) process.exitCode = 1;
