// Makes the example report anew, after a change of what reports look like.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { EXAMPLE_ARGUMENTS, EXAMPLE_FOLDER } from './example-report.ts';

const commandLine = join(import.meta.dirname, 'showdown.ts');
const { status } = spawnSync(process.execPath, [commandLine, ...EXAMPLE_ARGUMENTS, '--out', EXAMPLE_FOLDER], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
