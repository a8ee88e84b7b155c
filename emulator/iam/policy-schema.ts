// How a policy document is written down. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

import { z } from 'zod';

/** Policies may hold booleans and numbers as they are; conditions compare text. */
const conditionValue = z.union([z.string(), z.boolean().transform(String), z.number().transform(String)]);

/** `*` by itself is the same as `{"AWS": "*"}`. */
const principal = z.preprocess(
  (value) => (value === '*' ? { AWS: '*' } : value),
  z.strictObject({ AWS: oneOrMore(z.string()).optional(), Service: oneOrMore(z.string()).optional() }),
);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: oneOrMore(z.string()).optional(),
  NotAction: oneOrMore(z.string()).optional(),
  Resource: oneOrMore(z.string()).optional(),
  NotResource: oneOrMore(z.string()).optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore(conditionValue))).optional(),
});

export const policySchema = z.strictObject({
  Version: z.enum(['2008-10-17', '2012-10-17']).optional(),
  Id: z.string().optional(),
  Statement: oneOrMore(statement),
});

export type RawStatement = z.output<typeof statement>;

/** Wherever the grammar has a list, a single item may stand without brackets. */
function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(schema).min(1));
}
