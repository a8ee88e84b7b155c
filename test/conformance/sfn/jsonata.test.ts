// Rule: expressions are JSONata with the functions of Step Functions besides its own, and without $eval and a context
//   item.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html

import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../emulator/kernel/random.ts';
import { VirtualClock } from '../../../emulator/kernel/virtual-clock.ts';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';
import {
  compileExpression,
  type InvalidExpressionError,
  type QueryEvaluationError,
} from '../../../emulator/states/expressions/expression.ts';
import { createExpressionFunctions } from '../../../emulator/states/expressions/expression-functions.ts';
import type { JsonValue } from '../../../emulator/states/expressions/json-value.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function evaluate(text: string, variables: Record<string, JsonValue> = {}): Promise<JsonValue> {
  const functions = createExpressionFunctions({
    clock: new VirtualClock({ startMs: NOW_MS + 0.9 }),
    random: createRandom(1, 'test'),
  });
  return compileExpression(text, 'Output', functions).evaluate({
    states: { input: { a: [1, 2, 3], missing: null } },
    lookup: (name) => variables[name],
  });
}

describe("Step Functions' own functions", () => {
  test.each<[string, JsonValue]>([
    ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1, 2, 3], 2.9)', [[1, 2], [3]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(-1.7, 1, 1)', [-1, 0, 1]],
    ['$range(4, 4, 1)', 4],
    ['$hash("abc", "MD5")', '900150983cd24fb0d6963f7d28e17f72'],
    ['$hash("abc", "SHA-1")', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['$parse(\'{"a": [1]}\').a', [1]],
    ['$millis()', NOW_MS],
    ['$now()', '2026-01-02T03:04:05.678Z'],
    ['$now("[Y]-[M01]")', '2026-01'],
    ['$toMillis("2026-01-01T00:00:00Z")', Date.UTC(2026, 0, 1)],
    ['$toMillis("10:00", "[H]:[m]")', Date.UTC(2026, 0, 2, 10)],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['$random() < 1', true],
    ['$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4/) ~> $exists()', true],
    ['$sort($shuffle([1, 2, 3, 4]))', [1, 2, 3, 4]],
  ])('%s gives %j', async (text, expected) => {
    expect(await evaluate(text)).toEqual(expected);
  });

  test.each(['$partition([], 2)', '$partition([1], 0)', '$range(1, 2, 0)', '$range(1, 5, -1)', '$hash("abc")'])(
    '%s gives nothing, which fails',
    async (text) => {
      await expect(evaluate(text)).rejects.toThrow(
        `The JSONata expression '${text}' specified for the field 'Output' returned nothing (undefined).`,
      );
    },
  );

  test('$random, $uuid and $shuffle draw from the seeded stream', async () => {
    const text = '[$random(), $uuid(), $string($shuffle([1..9]))]';

    expect(await evaluate(text)).toEqual(await evaluate(text));
  });

  test.each([
    ['$hash("a", "SHA-3")', '$hash knows MD5, SHA-1, SHA-256, SHA-384, SHA-512, not "SHA-3"'],
    ['$range(1, 360146, 1)', '$range makes at most 360145 elements, not 360146'],
  ])('%s fails', async (text, message) => {
    await expect(evaluate(text)).rejects.toThrow(message);
  });
});

describe('an expression', () => {
  test('reads variables and $states', async () => {
    expect(await evaluate('$n + $sum($states.input.a)', { n: 1 })).toBe(7);
  });

  test('tells null, which is a value, from nothing, which fails', async () => {
    expect(await evaluate('$states.input.missing')).toBeNull();
    await expect(evaluate('$states.input.absent')).rejects.toMatchObject({
      name: 'QueryEvaluationError',
      location: 'Output',
    } satisfies Partial<QueryEvaluationError>);
  });

  test('gives plain arrays, without the marks of the expression that made them', async () => {
    const made = await evaluate('[$states.input.a[$ > 1]]');

    expect(Object.getOwnPropertyNames(made)).toEqual(['0', '1', 'length']);
    expect(await evaluate('$count($made)', { made })).toBe(2);
  });

  test('fails when it gives a function', async () => {
    await expect(evaluate('function($x) { $x }')).rejects.toThrow('returned a value that is not JSON');
  });

  test("names JSONata's own error", async () => {
    await expect(evaluate('1 + "a"')).rejects.toThrow('threw an error during evaluation. T2002');
  });

  test.each([
    [100, true],
    [101, false],
  ])('of %i terms is accepted: %s', async (terms, accepted) => {
    const sum = evaluate(Array.from({ length: terms }, () => '1').join('+'));

    if (accepted) expect(await sum).toBe(terms);
    else await expect(sum).rejects.toThrow('D1011');
  });
});

describe('compiling refuses', () => {
  test.each<[string, InvalidExpressionError['code'], string]>([
    ['$eval("1")', 'UNSUPPORTED_JSONATA_EXPRESSION', '$eval is not supported'],
    ['phone', 'UNSUPPORTED_JSONATA_EXPRESSION', "Reference to 'phone' at the top level is not supported."],
    ['$map($states.input.a, function($v) { b })', 'UNSUPPORTED_JSONATA_EXPRESSION', "Reference to 'b'"],
    ['$', 'UNSUPPORTED_JSONATA_EXPRESSION', "Reference to '$' at the top level"],
    ['$$.a', 'UNSUPPORTED_JSONATA_EXPRESSION', "Reference to '$$' is not supported."],
    ['a[1,2)', 'INVALID_JSONATA_EXPRESSION', 'S0'],
  ])('%s', (text, code, message) => {
    const compile = () => compileExpression(text, 'Output', new Map());

    expect(compile).toThrow(message);
    expect(compile).toThrow(expect.objectContaining({ code }));
  });

  test.each(['$states.input.a[value > 3]', '$x.{"k": b}', '$x^(b)', '$x.$', '$states.input.a[$ > 1]', '$x{b: c}'])(
    'but not %s, where a name belongs to an item',
    (text) => {
      expect(() => compileExpression(text, 'Output', new Map())).not.toThrow();
    },
  );
});

test('an expression without a result fails the execution with States.QueryEvaluationError', async () => {
  const { run } = createTestWorld();

  const { error, cause, events } = await run({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Output: { a: { b: ['{% $states.input.gone %}'] } }, End: true } },
  });

  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toBe(
    "An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression '$states.input.gone' specified for the field 'Output/a/b[0]' returned nothing (undefined).",
  );
  expect(events.slice(2)).toMatchObject([
    {
      type: 'EvaluationFailed',
      previousEventId: 2,
      evaluationFailedEventDetails: { error, cause, location: 'Output/a/b[0]', state: 'P' },
    },
    { type: 'ExecutionFailed', previousEventId: 3, executionFailedEventDetails: { error, cause } },
  ]);
});
