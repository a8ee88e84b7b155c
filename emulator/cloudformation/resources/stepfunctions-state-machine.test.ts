import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PolicyStore } from '../../iam/policy-store.ts';
import { createWorld } from '../../kernel/create-world.ts';
import { createSfnService } from '../../states/create-sfn-service.ts';
import { provisionAlone } from '../provision-alone.ts';
import { createStateMachineType } from './stepfunctions-state-machine.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };

function prepare(trustedService: string) {
  const world = createWorld({
    seed: 1,
    startMs: 0,
    ...ACCOUNT,
    access: { authorize() {} },
    metrics: () => ({ record() {} }),
  });
  const sfn = createSfnService(world);
  world.gateway.register(sfn.service);
  const policies = new PolicyStore(ACCOUNT);
  const roleArn = policies.createRole({
    roleName: 'machine',
    trustPolicy: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: trustedService } }],
    },
  });
  return { world, roleArn, type: createStateMachineType(sfn, policies) };
}

const DEFINITION = `{"QueryLanguage":"JSONata","Comment":"\${Kept}","StartAt":"A","States":{"A":{"Type":"Succeed","Output":"\${Word} \${Word}"}}}`;

describe('AWS::StepFunctions::StateMachine', () => {
  it('gets its definition with every substitution made, and names without one as they are', async () => {
    const { world, roleArn, type } = prepare('states.amazonaws.com');

    const { reference, attributes } = await provisionAlone(type, {
      DefinitionString: DEFINITION,
      DefinitionSubstitutions: { Word: 'yes' },
      RoleArn: roleArn,
      StateMachineName: 'machine',
      StateMachineType: 'STANDARD',
    });

    const described = await world.clock.runUntilSettled(
      world.gateway.call({
        service: 'sfn',
        operation: 'DescribeStateMachine',
        input: { stateMachineArn: reference },
        caller: { kind: 'root' },
      }),
    );
    expect(z.object({ definition: z.string() }).parse(described).definition).toBe(
      DEFINITION.replaceAll(`\${Word}`, 'yes'),
    );
    expect(reference).toBe('arn:aws:states:us-east-1:000000000000:stateMachine:machine');
    expect(attributes).toEqual({ Arn: reference, Name: 'machine' });
  });

  it('takes its definition as an object too, with values put in as text, and shows its tags', async () => {
    const { world, roleArn, type } = prepare('states.amazonaws.com');

    const { reference } = await provisionAlone(type, {
      Definition: { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed', Output: `\${Word}` } } },
      DefinitionSubstitutions: { Word: 'a "b"' },
      RoleArn: roleArn,
      Tags: [{ Key: 'team', Value: 'x' }],
    });

    const call = (operation: string, input: object) =>
      world.clock.runUntilSettled(world.gateway.call({ service: 'sfn', operation, input, caller: { kind: 'root' } }));
    const described = await call('DescribeStateMachine', { stateMachineArn: reference });
    expect(JSON.parse(z.object({ definition: z.string() }).parse(described).definition)).toMatchObject({
      States: { A: { Output: 'a "b"' } },
    });
    expect(await call('ListTagsForResource', { resourceArn: reference })).toEqual({
      tags: [{ key: 'team', value: 'x' }],
    });
  });

  it('has one definition', async () => {
    const { roleArn, type } = prepare('states.amazonaws.com');

    await expect(provisionAlone(type, { RoleArn: roleArn })).rejects.toThrow(
      'A state machine has either a Definition or a DefinitionString',
    );
  });

  it('must have a role that trusts Step Functions', async () => {
    const { roleArn, type } = prepare('lambda.amazonaws.com');

    await expect(provisionAlone(type, { DefinitionString: DEFINITION, RoleArn: roleArn })).rejects.toThrow(
      'Neither the global service principal states.amazonaws.com',
    );
  });

  it('is refused as an Express workflow', async () => {
    const { roleArn, type } = prepare('states.amazonaws.com');
    const properties = { DefinitionString: DEFINITION, RoleArn: roleArn, StateMachineType: 'EXPRESS' };

    await expect(provisionAlone(type, properties)).rejects.toThrow(
      'Thing (AWS::StepFunctions::StateMachine): property StateMachineType with value "EXPRESS" is not modelled',
    );
  });
});
