import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { loadTemplateText } from '../load-template-text.ts';
import { stackName, templateMembers } from '../request-schemas.ts';
import { explainProblems } from '../stack-request.ts';
import { parseTemplateText } from '../template.ts';
import { describeCapabilities, describeParameters } from '../template-summary.ts';

export function getTemplateSummary(state: CloudformationState): Operation {
  return defineOperation({
    name: 'GetTemplateSummary',
    input: z.strictObject({ ...templateMembers, StackName: stackName.optional() }),
    needs: () => [{ action: 'cloudformation:GetTemplateSummary', resource: '*' }],
    async handle({ StackName, ...source }, { caller }) {
      const text =
        StackName === undefined
          ? await loadTemplateText(state.world.gateway, source, caller)
          : state.stacks.get(StackName).source.templateText;
      const template = explainProblems(() => parseTemplateText(StackName ?? 'template', text));
      return {
        Parameters: describeParameters(template),
        Description: template.Description,
        ...describeCapabilities(template),
        ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
        Version: template.AWSTemplateFormatVersion,
        Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
      };
    },
  });
}
