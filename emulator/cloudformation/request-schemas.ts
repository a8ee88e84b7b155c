// Kinds of request members. The Query protocol has text only, and an empty list is empty text.

import { z } from 'zod';
import { booleanProperty, onlyValue } from './property-schemas.ts';

export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' || value === undefined ? [] : value), z.array(schema));
}

export const stackName = z.string().min(1);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const newStackName = z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/, {
  error: ({ input }) =>
    `Value '${input}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
});

/** Where a template comes from. */
export const templateMembers = {
  TemplateBody: z.string().min(1).optional(),
  TemplateURL: z.string().min(1).optional(),
};

/** What requests that make or change a stack have in common. */
export const sourceMembers = {
  ...templateMembers,
  Parameters: listOf(
    z.strictObject({
      ParameterKey: z.string(),
      ParameterValue: z.string().optional(),
      UsePreviousValue: booleanProperty.optional(),
    }),
  ),
  Capabilities: listOf(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'])),
  Tags: listOf(z.strictObject({ Key: z.string(), Value: z.string() })),
  RoleARN: z.string().min(20).optional(),
  NotificationARNs: listOf(z.never()),
  DeploymentConfig: z
    .strictObject({ Mode: onlyValue('STANDARD').optional(), DisableRollback: onlyValue(false).optional() })
    .optional(),
};

export type SourceMembers = z.output<z.ZodObject<typeof sourceMembers>>;
