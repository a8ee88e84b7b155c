// The sections of a template, as they stand: values may still hold intrinsic functions.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { TemplateError } from './errors.ts';
import { booleanProperty, integerProperty } from './property-schemas.ts';

const parameterSchema = z.strictObject({
  Type: z.enum(['String', 'Number', 'CommaDelimitedList', 'AWS::SSM::Parameter::Value<String>']),
  Default: z.union([z.string(), z.number().transform(String)]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number().transform(String)])).optional(),
  AllowedPattern: z.string().optional(),
  MinLength: integerProperty.optional(),
  MaxLength: integerProperty.optional(),
  MinValue: integerProperty.optional(),
  MaxValue: integerProperty.optional(),
  ConstraintDescription: z.string().optional(),
  Description: z.string().optional(),
  NoEcho: booleanProperty.optional(),
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
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']).optional(),
  // What becomes of a resource that is replaced: the emulator replaces none.
  UpdateReplacePolicy: z.string().optional(),
});

const outputSchema = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
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

/**
 * Of JSON text.
 * @throws as `parseTemplate`; {UnsupportedFeatureError} for YAML too.
 */
export function parseTemplateText(name: string, text: string): Template {
  if (!text.trimStart().startsWith('{')) throw new UnsupportedFeatureError(`stack ${name}`, 'a template in YAML');
  return parseTemplate(name, parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TemplateError('Template format error: JSON not well-formed.', { cause });
  }
}
