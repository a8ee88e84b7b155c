// The fields of each state type, in the JSONata dialect of the Amazon States Language.
// https://states-language.net/spec.html and https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html

import { z } from 'zod';
import { expression, integerOrExpression, template, templateObject } from './field-schemas.ts';
import { itemBatcher, itemReader, resultWriter } from './map-schemas.ts';

const commented = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() };
const outcome = { Output: template.optional(), Assign: templateObject.optional() };
const transition = { Next: z.string().optional(), End: z.literal(true).optional() };

const errorNames = z.array(z.string().min(1)).min(1);
const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  IntervalSeconds: z.int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_399).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
const catcher = z.strictObject({
  ...outcome,
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  Next: z.string(),
});
const recovery = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).default([]) };

/** Nested states are parsed on their own. */
const workflow = { Comment: z.string().optional(), StartAt: z.string(), States: templateObject };

const task = z.strictObject({
  Type: z.literal('Task'),
  ...commented,
  ...outcome,
  ...transition,
  ...recovery,
  Resource: z.string(),
  Arguments: template.optional(),
  TimeoutSeconds: integerOrExpression(1, 99_999_999).optional(),
  HeartbeatSeconds: integerOrExpression(1, 99_999_999).optional(),
});
const pass = z.strictObject({ Type: z.literal('Pass'), ...commented, ...outcome, ...transition });
const choice = z.strictObject({
  Type: z.literal('Choice'),
  ...commented,
  ...outcome,
  Choices: z
    .array(
      z.strictObject({
        ...outcome,
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), expression]),
        Next: z.string(),
      }),
    )
    .min(1),
  Default: z.string().optional(),
});
const wait = z.strictObject({
  Type: z.literal('Wait'),
  ...commented,
  ...outcome,
  ...transition,
  Seconds: integerOrExpression(0, 99_999_999).optional(),
  Timestamp: z.string().optional(),
});
const succeed = z.strictObject({ Type: z.literal('Succeed'), ...commented, Output: template.optional() });
const fail = z.strictObject({
  Type: z.literal('Fail'),
  ...commented,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
const parallel = z.strictObject({
  Type: z.literal('Parallel'),
  ...commented,
  ...outcome,
  ...transition,
  ...recovery,
  Branches: z.array(z.strictObject(workflow)).min(1),
  Arguments: template.optional(),
});
const map = z.strictObject({
  Type: z.literal('Map'),
  ...commented,
  ...outcome,
  ...transition,
  ...recovery,
  Items: z.union([z.array(template), templateObject, expression]).optional(),
  ItemReader: itemReader.optional(),
  ItemSelector: templateObject.optional(),
  ItemBatcher: itemBatcher.optional(),
  ResultWriter: resultWriter.optional(),
  MaxConcurrency: integerOrExpression(0, 10_000).optional(),
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expression]).optional(),
  ToleratedFailureCount: integerOrExpression(0, Number.MAX_SAFE_INTEGER).optional(),
  Label: z
    .string()
    .max(40)
    .regex(/^[^\s?*<>{}[\]:;,\\|^~$#%&`"]+$/)
    .optional(),
  ItemProcessor: z.strictObject({
    ...workflow,
    ProcessorConfig: z
      .strictObject({
        Mode: z.enum(['INLINE', 'DISTRIBUTED']).default('INLINE'),
        ExecutionType: z.enum(['STANDARD', 'EXPRESS']).optional(),
      })
      .default({ Mode: 'INLINE' }),
  }),
});

export const stateSchema = z.discriminatedUnion('Type', [task, pass, choice, wait, succeed, fail, parallel, map]);

export const definitionSchema = z.strictObject({
  ...workflow,
  QueryLanguage: z.literal('JSONata'),
  TimeoutSeconds: z.int().min(1).max(99_999_999).optional(),
  Version: z.literal('1.0').optional(),
});

export type StateSource = z.output<typeof stateSchema>;
export type StateSourceOf<Type extends StateSource['Type']> = Extract<StateSource, { Type: Type }>;
export type WorkflowSource = Pick<z.output<typeof definitionSchema>, 'StartAt' | 'States'>;
export type RetrierSource = z.output<typeof retrier>;
export type CatcherSource = z.output<typeof catcher>;
