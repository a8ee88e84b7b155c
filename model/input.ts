// The execution input: parsed once, all problems at once, nothing clamped.

import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod/mini';
import { findConflicts } from './input-conflicts.ts';
import { INPUT_FIELDS } from './input-fields.ts';
import { TICK_MESSAGES_MAX, TICKS_MAX } from './message.ts';
import { SERVICES } from './service.ts';

export { computePublishBatchSize } from './publish-call.ts';

/** Thrown when an execution input is refused. Its message has one line for each problem. */
export class InvalidInputError extends Error {
  override name = 'InvalidInputError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const wholeNumber = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));
const positiveNumber = () => z.number().check(z.positive());

const thresholdsSchema = z.strictObject({
  p99ArrivalMs: z.optional(positiveNumber()),
  costPerMillionUsd: z.optional(positiveNumber()),
  lostMessages: z.optional(wholeNumber(0, 1_000_000_000)),
});

export const inputSchema = z.strictObject({
  batchSizes: z._default(z.array(wholeNumber(1, 10_000)).check(z.minLength(1), z.maxLength(12)), [1, 10, 100]),
  services: z._default(z.array(z.enum(SERVICES)).check(z.minLength(1), z.maxLength(SERVICES.length)), [...SERVICES]),
  ticks: z._default(wholeNumber(1, TICKS_MAX), 6),
  tickSeconds: z._default(wholeNumber(1, 59), 10),
  messagesPerTick: z._default(wholeNumber(1, TICK_MESSAGES_MAX), 50),
  arrivals: z._default(z.enum(['steady', 'poisson', 'burst']), 'steady'),
  publishBatchSize: z._default(z.union([wholeNumber(1, 500), z.literal('max')]), 1),
  payloadBytes: z._default(wholeNumber(0, 200_000), 0),
  maximumBatchingWindowSeconds: z._default(z.union([wholeNumber(0, 300), z.literal('fill')]), 'fill'),
  endpointLookup: z._default(z.enum(['ssm', 'environment', 'get-queue-url']), 'ssm'),
  repetitions: z._default(wholeNumber(1, 10), 1),
  costLimitUsd: z._default(positiveNumber(), 1),
  drainTimeoutSeconds: z._default(wholeNumber(10, 3600), 300),
  thresholds: z.optional(thresholdsSchema),
  label: z.optional(z.string().check(z.maxLength(100))),
});

/** An input with every default filled in. */
export type ResolvedInput = z.output<typeof inputSchema>;

/**
 * @throws {InvalidInputError} with every problem, each with its full path, the rule, the value got and a way out.
 */
export function parseInput(rawInput: unknown): ResolvedInput {
  const parsed = inputSchema.safeParse(rawInput);
  const problems = parsed.success
    ? findConflicts(parsed.data)
    : [
        ...parsed.error.issues.flatMap((issue) => explainIssue(issue, rawInput)),
        ...findOtherConflicts(rawInput, parsed.error),
      ];
  if (!parsed.success || problems.length > 0) throw new InvalidInputError(problems);
  return parsed.data;
}

/** Conflicts among the fields that are sound by themselves, so that mending the others does not bring up new problems. */
function findOtherConflicts(rawInput: unknown, { issues }: z.core.$ZodError): string[] {
  if (!isObject(rawInput)) return [];
  const unsound = new Set(
    issues.flatMap((issue) => issue.path[0] ?? (issue.code === 'unrecognized_keys' ? issue.keys : [])),
  );
  const sound = Object.fromEntries(Object.entries(rawInput).filter(([name]) => !unsound.has(name)));
  const parsed = inputSchema.safeParse(sound);
  return parsed.success ? findConflicts(parsed.data, unsound) : [];
}

/** What each value must be; list items under the list's name and `[]`. */
const RULES: Readonly<Record<string, string>> = {
  '': 'a JSON object',
  ...Object.fromEntries(INPUT_FIELDS.map((field) => [field.name, field.range])),
  batchSizes: 'a list of 1 to 12 whole numbers',
  'batchSizes[]': '1 to 10000',
  services: 'a list of 1 to 4 services',
  'services[]': `one of ${SERVICES.join(', ')}`,
  thresholds: 'an object with p99ArrivalMs, costPerMillionUsd or lostMessages',
  'thresholds.p99ArrivalMs': 'a number above 0',
  'thresholds.costPerMillionUsd': 'a number above 0',
  'thresholds.lostMessages': '0 or more',
};

const THRESHOLD_NAMES = Object.keys(thresholdsSchema.shape);

function explainIssue(issue: z.core.$ZodIssue, rawInput: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? INPUT_FIELDS.map((field) => field.name) : THRESHOLD_NAMES;
    return issue.keys.map((key) => {
      const nearest = closest(key, known);
      const hint =
        distance(key, nearest) <= key.length / 2 ? `did you mean ${nearest}?` : `known are ${known.join(', ')}`;
      return `unknown field ${JSON.stringify(renderPath([...issue.path, key]))}; ${hint}`;
    });
  }
  const rule =
    RULES[
      issue.path
        .map((step) => (typeof step === 'number' ? '[]' : `.${String(step)}`))
        .join('')
        .slice(1)
    ];
  const value = readPath(rawInput, issue.path);
  const got = JSON.stringify(value) ?? 'nothing';
  // The second are the fields that take a number or a word.
  const wantsWhole = (issue.code === 'invalid_type' && issue.expected === 'int') || issue.code === 'invalid_union';
  const kind = wantsWhole && typeof value === 'number' ? 'a whole number, ' : '';
  return [
    `${renderPath(issue.path) || 'input'} must be ${kind}${rule ?? issue.message}, got ${got}${suggestWayOut(issue)}`,
  ];
}

function suggestWayOut(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big' && issue.origin !== 'array') return `; use ${issue.maximum} or less`;
  if (issue.code === 'too_small' && issue.origin !== 'array' && issue.inclusive)
    return `; use ${issue.minimum} or more`;
  return '';
}

function renderPath(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

function readPath(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (isObject(inner) ? inner[String(step)] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
