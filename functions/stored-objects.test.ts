import { expect, test } from 'vitest';
import { splitLines } from './stored-objects.ts';

async function split(pieces: readonly (Uint8Array | string)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of splitLines(stream(pieces))) lines.push(line);
  return lines;
}

async function* stream<T>(pieces: readonly T[]): AsyncGenerator<T> {
  yield* pieces;
}

test.each([
  ['nothing', [], []],
  ['one line with its end', ['a\n'], ['a']],
  ['a last line without an end', ['a\nb'], ['a', 'b']],
  ['empty lines', ['\n\na\n\n'], ['a']],
  ['a line in three pieces', ['a', 'b', 'c\nd\n'], ['abc', 'd']],
  ['an end in a piece of its own', ['a', '\n', 'b'], ['a', 'b']],
])('splitLines splits %s', async (_what, pieces, lines) => {
  expect(await split(pieces)).toEqual(lines);
});

test('splitLines puts a character together that is cut in two', async () => {
  const bytes = Buffer.from('é\n€\n');

  expect(await split([bytes.subarray(0, 1), bytes.subarray(1, 4), bytes.subarray(4)])).toEqual(['é', '€']);
});
