// Has DuckDB read the same objects for the same aggregates. They lie in a folder, as its extension for S3 is a download of its own: that spares it every
// request, and so favours it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LargeTrial, renderBody } from './large-trial.ts';

const FOLDER = join(import.meta.dirname, 'duckdb');

export interface DuckDbMeasurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** The process's peak less what it had when the query began. */
  readonly addedBytes: number;
  readonly lines: number;
  readonly arrived: number;
  readonly requestIds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export function installDuckDb(): void {
  if (existsSync(join(FOLDER, 'node_modules'))) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'inherit' });
  if (status !== 0) throw new Error('DuckDB could not be installed');
}

export function measureDuckDb(large: LargeTrial): DuckDbMeasurement {
  const folder = mkdtempSync(join(tmpdir(), 'bench-arrivals-'));
  try {
    let objects = 0;
    for (const stored of large.listInvocations()) {
      // A key may be longer than a file's name, so files are numbered.
      writeFileSync(join(folder, `${String(objects++).padStart(7, '0')}.ndjson`), renderBody(stored));
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(FOLDER, 'aggregate.mjs'), folder], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`DuckDB ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
