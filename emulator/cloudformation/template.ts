// The sections of a template, as they stand: values may still hold intrinsic functions.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { TemplateError } from './errors.ts';

const parameterSchema = z.strictObject({
  Type: z.enum(['String', 'Number', 'CommaDelimitedList', 'AWS::SSM::Parameter::Value<String>']),
  Default: z.union([z.string(), z.number().transform(String)]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number().transform(String)])).optional(),
  Description: z.string().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
});

const ruleSchema = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string().optional() })),
});

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
  DependsOn: z.union([z.string().transform((id) => [id]), z.array(z.string())]).default([]),
  Metadata: z.unknown().optional(),
  // What becomes of a resource that is replaced or deleted: the emulator does neither.
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const outputSchema = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
});

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), parameterSchema).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Rules: z.record(z.string(), ruleSchema).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), outputSchema).default({}),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateParameter = z.output<typeof parameterSchema>;
export type TemplateResource = z.output<typeof resourceSchema>;

/**
 * `name` is the stack's, for errors.
 * @throws {TemplateError}
 * @throws {UnsupportedFeatureError} for a section, attribute or parameter type that is not modelled.
 */
export function parseTemplate(name: string, rawTemplate: unknown): Template {
  const parsed = templateSchema.safeParse(rawTemplate);
  if (parsed.success) return parsed.data;
  const unknownPaths = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [],
  );
  if (unknownPaths.length > 0) throw new UnsupportedFeatureError(`stack ${name}`, unknownPaths.join(', '));
  throw new TemplateError(`stack ${name}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
}
