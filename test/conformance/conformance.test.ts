// FIDELITY.md and the conformance suite say the same: every behaviour has its file, every file its row, and both one source.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const FIDELITY_FOLDER = join(import.meta.dirname, '..', '..', 'emulator');

interface Row {
  readonly behaviour: string;
  /** supported, approximated or absent, and what there is to say of it. */
  readonly standing: string;
  readonly sources: readonly string[];
  /** Paths below this folder. */
  readonly files: readonly string[];
}

const files = globSync('*/**/*.test.ts', { cwd: import.meta.dirname }).map((path) => path.replaceAll('\\', '/'));
const rows = parseRows(readFileSync(join(FIDELITY_FOLDER, 'FIDELITY.md'), 'utf8'));

describe.each(rows)('$behaviour', ({ standing, sources, files: named }) => {
  test('names conformance files that are there, and whose source is the row’s', () => {
    expect(files).toEqual(expect.arrayContaining([...named]));
    for (const file of named) expect(sources).toContain(parseHeader(file).source);
  });

  test('has a conformance file, unless it is absent or the emulator’s own', () => {
    const isAbsent = /^(absent|accepted without effect)/.test(standing);

    expect(isAbsent || sources.length === 0 || named.length > 0).toBe(true);
  });

  test('says whether it is supported, approximated or absent', () => {
    expect(standing).toMatch(/supported|approximated|absent|accepted/i);
  });
});

describe.each(files)('%s', (file) => {
  test('begins with its rule and the source of it', () => {
    expect(parseHeader(file)).toEqual({ rule: expect.any(String), source: expect.stringMatching(/^https:\/\//) });
  });

  test('is named by a row of FIDELITY.md', () => {
    expect(rows.flatMap((row) => row.files)).toContain(file);
  });
});

function parseHeader(file: string): { rule: string | undefined; source: string | undefined } {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  const header = /^\/\/ Rule: (?<rule>.+(?:\n\/\/ {3}.+)*)\n\/\/ Source: (?<source>\S+)\n/.exec(text)?.groups;
  return { rule: header?.rule, source: header?.source };
}

/** Rows of the tables whose columns are behaviour, standing, source and test. */
function parseRows(markdown: string): Row[] {
  return [...markdown.matchAll(/^\| behaviour \|.*\n\|---.*\n((?:\|.*\n)+)/gm)].flatMap(([, body = '']) =>
    body
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [behaviour = '', standing = '', source = '', test = ''] = line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim());
        return {
          behaviour,
          standing,
          sources: [...source.matchAll(/<(\S+)>/g)].map(([, url]) => url ?? ''),
          files: [...test.matchAll(/\]\(\.\.\/test\/conformance\/([^)]+)\)/g)].map(([, path]) => path ?? ''),
        };
      }),
  );
}
