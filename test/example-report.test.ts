// The committed example is what its command makes today.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLE_ARGUMENTS, EXAMPLE_FOLDER } from '../scripts/example-report.ts';
import { runShowdown } from './run-showdown.ts';

const out = mkdtempSync(join(tmpdir(), 'example-'));
beforeAll(async () => {
  const { exitCode, output } = await runShowdown([...EXAMPLE_ARGUMENTS, '--out', out]);
  expect(`${exitCode}: ${output}`).toMatch(/^0: /);
});
afterAll(() => rmSync(out, { recursive: true }));

describe('the example report', () => {
  test('has the files that its command makes, and no others', () => {
    expect(readdirSync(EXAMPLE_FOLDER).sort()).toEqual(readdirSync(out).sort());
  });

  test.each(readdirSync(EXAMPLE_FOLDER))('has %s to the byte; npm run example makes it anew', (name) => {
    // Not the texts themselves: a difference of half a megabyte tells nobody anything.
    expect(readFileSync(join(out, name)).equals(readFileSync(join(EXAMPLE_FOLDER, name)))).toBe(true);
  });
});
