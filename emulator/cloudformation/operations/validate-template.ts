import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { loadTemplateText } from '../load-template-text.ts';
import { templateMembers } from '../request-schemas.ts';
import { explainProblems } from '../stack-request.ts';
import { parseTemplateText } from '../template.ts';
import { describeCapabilities, describeParameters } from '../template-summary.ts';

export function validateTemplate(state: CloudformationState): Operation {
  return defineOperation({
    name: 'ValidateTemplate',
    input: z.strictObject(templateMembers),
    needs: () => [{ action: 'cloudformation:ValidateTemplate', resource: '*' }],
    async handle(source, { caller }) {
      const text = await loadTemplateText(state.world.gateway, source, caller);
      const template = explainProblems(() => parseTemplateText('template', text));
      return {
        Parameters: describeParameters(template).map(({ ParameterKey, DefaultValue, NoEcho, Description }) => ({
          ParameterKey,
          DefaultValue,
          NoEcho,
          Description,
        })),
        Description: template.Description,
        ...describeCapabilities(template),
      };
    },
  });
}
