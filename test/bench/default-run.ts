// What the default run takes once it is synthesized: wall clock and memory of the whole command, and the bundles' sizes.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../scripts/synthesize.ts';

const SHOWDOWN = join(import.meta.dirname, '..', '..', 'scripts', 'showdown.ts');
const RUNS = 3;

/** Loaded into the command's own process, which alone knows its peak. */
const PEAK_REPORTER =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak-kib="+process.resourceUsage().maxRSS))';

const { assemblyFolder } = await synthesize();
for (let run = 1; run <= RUNS; run++) {
  const { wallSeconds, peakMiB } = await measureRun();
  process.stdout.write(`default run ${run} of ${RUNS}: ${wallSeconds.toFixed(1)} s, peak ${peakMiB.toFixed(0)} MiB\n`);
}
for (const { name, bytes } of listBundles()) {
  process.stdout.write(`bundle ${name}: ${(bytes / 1000).toFixed(0)} KB\n`);
}

async function measureRun(): Promise<{ wallSeconds: number; peakMiB: number }> {
  const out = mkdtempSync(join(tmpdir(), 'showdown-bench-'));
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', PEAK_REPORTER, SHOWDOWN, 'run', '--out', out]);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.resume();
  const code = await new Promise((resolve) => child.on('close', resolve));
  const wallSeconds = (performance.now() - startedMs) / 1000;
  rmSync(out, { recursive: true, force: true });
  const peakKiB = /peak-kib=(\d+)/.exec(errors)?.[1];
  if (code !== 0 || !peakKiB) throw new Error(`the run ended with ${code}: ${errors}`);
  return { wallSeconds, peakMiB: Number(peakKiB) / 1024 };
}

/** By the construct that each belongs to. */
function listBundles(): { name: string; bytes: number }[] {
  const manifestName = readdirSync(assemblyFolder).find((name) => name.endsWith('.assets.json')) ?? '';
  const manifest: { files: Record<string, { displayName: string; source: { path: string } }> } = JSON.parse(
    readFileSync(join(assemblyFolder, manifestName), 'utf8'),
  );
  return Object.values(manifest.files)
    .filter(({ displayName }) => displayName.endsWith('/Code'))
    .map(({ displayName, source }) => ({
      name: displayName.replace(/\/Code$/, ''),
      bytes: statSync(join(assemblyFolder, source.path, 'index.js')).size,
    }));
}
