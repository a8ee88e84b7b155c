import { z } from 'zod';
import { createPassRoleNeed } from '../iam/pass-role.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn, ruleName } from './parameters.ts';
import { targetDefinitionSchema } from './target-definition.ts';

/** A target that is refused fails the call; AWS's entries that fail alone come from faults that are not modelled. */
export function putTargets({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'PutTargets',
    input: z.strictObject({
      Rule: ruleName,
      EventBusName: busNameOrArn,
      Targets: z.array(targetDefinitionSchema).min(1).max(100),
    }),
    needs: ({ EventBusName, Rule, Targets }) => [
      { action: 'events:PutTargets', resource: buses.computeRuleArn(EventBusName, Rule) },
      ...[...new Set(Targets.flatMap(({ RoleArn }) => RoleArn ?? []))].map((roleArn) =>
        createPassRoleNeed(roleArn, 'events.amazonaws.com'),
      ),
    ],
    handle({ EventBusName, Rule, Targets }) {
      buses.putTargets(buses.getRule(EventBusName, Rule), Targets);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  });
}
