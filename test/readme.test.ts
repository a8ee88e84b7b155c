// README says what the code does: its input table, its options and its results.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INPUT_FIELDS } from '../model/input-fields.ts';
import { METRIC_NAMES, METRICS } from '../reports/compare/metrics.ts';
import { toFlagName } from '../scripts/command-line/input-options.ts';
import { runShowdown } from './run-showdown.ts';

const ROOT = join(import.meta.dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('README', () => {
  test('lists every input field with its default, range and meaning', () => {
    const rows = INPUT_FIELDS.map(
      (field) => `| \`${field.name}\` | \`${field.default}\` | ${field.range} | ${field.meaning} |`,
    );

    expect(readme).toContain(rows.join('\n'));
  });

  test.each([
    { command: 'run', describedElsewhere: INPUT_FIELDS.map((field) => `--${toFlagName(field.name)}`) },
    { command: 'serve' },
    { command: 'compare' },
    { command: 'reports', subcommands: ['list', 'show', 'fetch'] },
  ])('names every option of $command, and no other', async ({ command, subcommands, describedElsewhere = [] }) => {
    const commands = subcommands ? subcommands.map((subcommand) => [command, subcommand]) : [[command]];
    const helps = await Promise.all(commands.map((words) => runShowdown([...words, '--help'])));
    const offered = new Set(
      helps.flatMap(({ standardOutput }) =>
        [...standardOutput.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag ?? ''),
      ),
    );

    const [table = ''] = readme.split(`| option of \`${command}\` |`)[1]?.split('\n\n') ?? [];
    const described = [...table.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, flag]) => flag ?? '');

    expect([...described, ...describedElsewhere].sort()).toEqual([...offered].sort());
  });

  test('lists every metric that compare can fail on, with its meaning', () => {
    const rows = METRIC_NAMES.map((name) => `| \`${name}\` | ${METRICS[name].meaning} |`);

    expect(readme).toContain(rows.join('\n'));
  });

  test('shows the results of the default run as they come out', async () => {
    const out = mkdtempSync(join(tmpdir(), 'readme-'));
    const { standardOutput, exitCode } = await runShowdown(['run', '--out', out]);
    rmSync(out, { recursive: true });

    const tables = [...standardOutput.matchAll(/^\| service .*\n(\|.*\n)+/gm)].map(([table]) => table);

    expect(exitCode).toBe(0);
    expect(tables).toHaveLength(2);
    for (const table of tables) expect(readme).toContain(table);
  });

  test.each(
    [...readme.matchAll(/\]\(([^)#]+)\)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !target.startsWith('http')),
  )('links to %s, which is there', (target) => {
    expect(() => readFileSync(join(ROOT, target))).not.toThrow();
  });
});
