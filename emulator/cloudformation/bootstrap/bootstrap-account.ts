// What `cdk bootstrap` makes in an account, by the template that CDK 2.1148 comes with and the answers that it gives when it
// is asked nothing. Left out are container images, their repository and publishing role, versions of the assets, and their encryption with
// KMS.
// https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html

import type { Random } from '../../kernel/random.ts';
import { ProvisioningError } from '../errors.ts';
import { createPhysicalName } from '../physical-name.ts';
import { resolveParameters } from '../resolve-parameters.ts';
import type { ResourceType } from '../resource-type.ts';
import { Stack } from '../stack.ts';
import { planStack, resolveOutputs, resolveProperties } from '../stack-plan.ts';
import type { Stacks } from '../stacks.ts';
import { parseTemplate } from '../template.ts';
import bootstrapTemplate from './bootstrap-template.json' with { type: 'json' };

/** As the CDK calls it unless told otherwise. */
const STACK_NAME = 'CDKToolkit';

export interface BootstrapOptions {
  readonly region: string;
  readonly accountId: string;
  readonly types: readonly ResourceType[];
  readonly stacks: Stacks;
  readonly random: Random;
  readonly nowMs: number;
}

/** At once, as the account is there from the start. */
export function bootstrapAccount({ region, accountId, types, stacks, random, nowMs }: BootstrapOptions): void {
  const template = parseTemplate(STACK_NAME, bootstrapTemplate);
  const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${STACK_NAME}/${random.uuid()}`;
  const resolved = resolveParameters(template, () => undefined);
  const plan = planStack(template, {
    types: new Map(types.map((type) => [type.name, type])),
    identity: { stackName: STACK_NAME, stackId, region, accountId },
    parameters: resolved,
    findExport: () => undefined,
  });
  const stack = new Stack({
    name: STACK_NAME,
    id: stackId,
    creationMs: nowMs,
    source: {
      templateText: JSON.stringify(bootstrapTemplate, undefined, 2),
      template,
      given: new Map(),
      resolved,
      tags: [],
      capabilities: ['CAPABILITY_NAMED_IAM'],
    },
    status: 'CREATE_COMPLETE',
    executor: { kind: 'root' },
  });
  for (const [logicalId, planned] of plan.resources) {
    const properties = resolveProperties(planned, plan.scope);
    const names = { stackName: STACK_NAME, logicalId };
    const provisioned = planned.type.provision(properties, {
      ...names,
      region,
      accountId,
      createName: (rules) => createPhysicalName(names, rules, random),
      findAssetFolder: () => {
        throw new ProvisioningError('the bootstrap stack has no assets');
      },
    });
    if (provisioned instanceof Promise) throw new ProvisioningError(`${logicalId} cannot be made at once`);
    plan.scope.addResource(logicalId, provisioned);
    stack.addMade(planned, { properties, provisioned, timeMs: nowMs });
  }
  stack.setStatus('CREATE_COMPLETE', nowMs, random.uuid());
  stack.outputs = resolveOutputs(plan);
  stacks.add(stack);
}
