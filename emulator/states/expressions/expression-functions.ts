// The functions that Step Functions adds to JSONata, and those of JSONata that would read the host's clock or randomness.
// https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn

import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { Clock } from '../../kernel/clock.ts';
import { createRandom, type Random } from '../../kernel/random.ts';

export interface ExpressionFunction {
  // biome-ignore lint/suspicious/noExplicitAny: jsonata's own type of an implementation; its signature checks the arguments
  readonly implementation: (this: jsonata.Focus, ...args: any[]) => unknown;
  /** In JSONata's notation: https://docs.jsonata.org/embedding-extending#function-signature-syntax */
  readonly signature: string;
}

/** Elements that one `$range` may make; Step Functions refuses more for their memory. */
const RANGE_ELEMENTS_MAX = 360_145;

const HASH_ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

class ExpressionFunctionError extends Error {
  override name = 'ExpressionFunctionError';
}

/** By name, without the `$`. `random` is the stream that `$random`, `$uuid` and `$shuffle` draw from. */
export function createExpressionFunctions(parts: {
  clock: Clock;
  random: Random;
}): ReadonlyMap<string, ExpressionFunction> {
  const { clock, random } = parts;
  const nowMs = () => Math.floor(clock.now());
  return new Map<string, ExpressionFunction>([
    ['partition', { implementation: partition, signature: '<an:a>' }],
    ['range', { implementation: range, signature: '<nnn?:x>' }],
    ['hash', { implementation: hash, signature: '<ss?:s>' }],
    ['parse', { implementation: parse, signature: '<s:x>' }],
    ['uuid', { implementation: () => random.uuid(), signature: '<:s>' }],
    [
      'random',
      {
        implementation: (seed?: number) =>
          seed === undefined ? random.next() : createRandom(Math.trunc(seed), 'states/$random').next(),
        signature: '<n?:n>',
      },
    ],
    ['shuffle', { implementation: (array?: unknown[]) => shuffle(array, random), signature: '<a:a>' }],
    ['millis', { implementation: nowMs, signature: '<:n>' }],
    [
      'now',
      {
        implementation: (picture?: string, timezone?: string) => nativeFromMillis(nowMs(), nowMs(), picture, timezone),
        signature: '<s?s?:s>',
      },
    ],
    [
      'toMillis',
      {
        implementation: (text?: string, picture?: string) => nativeToMillis(nowMs(), text, picture),
        signature: '<s-s?:n>',
      },
    ],
  ]);
}

/** Chunks of `size`, rounded towards zero; nothing for an empty array or a size of zero. */
function partition(array: readonly unknown[] | undefined, size: number | undefined): unknown[][] | undefined {
  const chunkSize = Math.trunc(size ?? 0);
  if (array === undefined || array.length === 0 || chunkSize < 1) return undefined;
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += chunkSize) chunks.push(array.slice(start, start + chunkSize));
  return chunks;
}

/** From `first` to `last`, both rounded towards zero; a lone number rather than an array of one. */
function range(first?: number, last?: number, step?: number): readonly number[] | number | undefined {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  const count = by === 0 ? 0 : Math.floor((to - from) / by) + 1;
  if (count < 1) return undefined;
  if (count > RANGE_ELEMENTS_MAX) {
    throw new ExpressionFunctionError(`$range makes at most ${RANGE_ELEMENTS_MAX} elements, not ${count}`);
  }
  return count === 1 ? from : Array.from({ length: count }, (_, index) => from + index * by);
}

function hash(text?: string, algorithm?: string): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = HASH_ALGORITHMS[algorithm];
  if (!name) {
    throw new ExpressionFunctionError(
      `$hash knows ${Object.keys(HASH_ALGORITHMS).join(', ')}, not ${JSON.stringify(algorithm)}`,
    );
  }
  return createHash(name).update(text).digest('hex');
}

function parse(text?: string): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function shuffle(array: readonly unknown[] | undefined, random: Random): unknown[] | undefined {
  if (array === undefined) return undefined;
  const shuffled: unknown[] = [];
  for (const element of array) {
    const place = random.integer(shuffled.length + 1);
    shuffled.push(shuffled[place]);
    shuffled[place] = element;
  }
  return shuffled;
}

/** JSONata's own implementations, which take the present from the environment that they are called with. */
const nativeToMillis = bindToInstant(await jsonata('$toMillis').evaluate(undefined));
const nativeFromMillis = bindToInstant(await jsonata('$fromMillis').evaluate(undefined));

function bindToInstant(native: { implementation(this: unknown, ...args: unknown[]): unknown }) {
  return (nowMs: number, ...args: unknown[]) =>
    native.implementation.call({ environment: { timestamp: new Date(nowMs) } }, ...args);
}
