// Inputs for an operation, made up from what it takes: mostly what fits, now and then something else.

import fc from 'fast-check';
import { z } from 'zod';
import type { Operation } from '../../emulator/kernel/operation.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What members of these names mostly hold, so that requests get past the first check. */
const THERE: Readonly<Record<string, unknown>> = {
  Bucket: 'bucket',
  DeliveryStreamName: 'delivery',
  EventBusName: 'default',
  FunctionName: 'tested',
  Key: 'key',
  QueueName: 'queue',
  QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue',
  StreamName: 'stream',
  name: 'machine',
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
};

/** Names of things that are there, and texts at the edges of what is allowed. */
export const TEXTS = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'queue',
      'stream',
      'bucket',
      'tested',
      'machine',
      'default',
      'key',
      '/parameter',
      '$LATEST',
      'a'.repeat(1025),
      '',
      'https://sqs.us-east-1.amazonaws.com/000000000000/queue',
      'arn:aws:sqs:us-east-1:000000000000:queue',
      'arn:aws:kinesis:us-east-1:000000000000:stream/stream',
      'arn:aws:lambda:us-east-1:000000000000:function:tested',
      'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
      'arn:aws:iam::000000000000:role/test',
      '{}',
      '[]',
      '{"a":',
      'All',
      'Ok',
      '*',
      '2026-01-01T00:00:00Z',
      'dGVzdA==',
      '\u0000',
      '\ud800',
      '💥',
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
);
const NUMBERS = fc.oneof(
  fc.constantFrom(0, 1, -1, 10, 11, 1000, 1001, 10_000, 2 ** 31, 2 ** 53, 0.5, 1e21),
  fc.integer({ min: -5, max: 1000 }),
);
const ANYTHING = fc.oneof(TEXTS, NUMBERS, fc.jsonValue({ maxDepth: 2 }));

export function arbitraryInput(operation: Operation): fc.Arbitrary<unknown> {
  if (!operation.input) return ANYTHING;
  return inputsOf(z.toJSONSchema(operation.input, { unrepresentable: 'any', io: 'input' }));
}

/** Mostly what the schema asks for, and now and then something else. */
function inputsOf(schema: JsonSchema | boolean | undefined, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema !== 'object' || depth > 6) return ANYTHING;
  const fitting = fittingInputsOf(schema, depth);
  return fc.oneof({ weight: 14, arbitrary: fitting }, { weight: 1, arbitrary: ANYTHING });
}

function fittingInputsOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const { anyOf, oneOf, properties, additionalProperties, items } = schema;
  const alternatives = anyOf ?? oneOf;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (alternatives) return fc.oneof(...alternatives.map((alternative) => inputsOf(alternative, depth + 1)));
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(properties ?? {}).map(
        ([name, member]) => [name, membersOf(name, inputsOf(member, depth + 1))] as const,
      );
      const requiredKeys = schema.required ?? [];
      if (members.length > 0) return fc.record(Object.fromEntries(members), { requiredKeys });
      return fc.dictionary(TEXTS, inputsOf(additionalProperties, depth + 1), { maxKeys: 3 });
    }
    case 'array':
      return fc.array(inputsOf(Array.isArray(items) ? items[0] : items, depth + 1), { maxLength: 12 });
    case 'integer':
    case 'number':
      return NUMBERS;
    case 'boolean':
      return fc.boolean();
    case 'string':
      return TEXTS;
    default:
      return ANYTHING;
  }
}

function membersOf(name: string, others: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (!Object.hasOwn(THERE, name)) return others;
  return fc.oneof({ weight: 9, arbitrary: fc.constant(THERE[name]) }, { weight: 1, arbitrary: others });
}
