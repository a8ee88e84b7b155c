// The cloud assembly that deploys and that the emulator runs, made once for each state of its sources.

import { execFile } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const PROJECT_ROOT = join(import.meta.dirname, '..');

/** All that can change the assembly: code, definition, bundler settings, and by the lock file every package's version. */
const SOURCES = [
  'functions',
  'infra',
  'model',
  'reports',
  'statemachines',
  'cdk.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];
const SOURCE_FILE = /(?<!\.test)\.(ts|json)$/;
const NOT_SOURCES = new Set(['examples', 'node_modules']);

const ASSEMBLIES_KEPT = 3;
/** A folder that is still being filled is younger than this; an older one was left behind by a process that died. */
const FILLING_MS_MAX = 600_000;
const FILLING_PREFIX = 'filling-';
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

export interface SynthesizeOptions {
  /** Folder that keeps assemblies, each in a folder named by the hash of its sources. Default `.cache/assemblies`. */
  readonly outputFolder?: string;
}

export interface Synthesis {
  readonly assemblyFolder: string;
  /** Whether the assembly was there already. */
  readonly cached: boolean;
  /** Wall-clock time that it took. */
  readonly seconds: number;
}

/** Thrown when the CDK app or the bundler fails; the message holds everything that they printed. */
class SynthesisError extends Error {
  override name = 'SynthesisError';
}

/**
 * Gives the assembly for the sources as they are. Two processes may do so at once: each fills a folder of its own, and
 * the first to be done names it.
 * @throws {SynthesisError}
 */
export async function synthesize(options: SynthesizeOptions = {}): Promise<Synthesis> {
  const startMs = performance.now();
  const outputFolder = options.outputFolder ?? join(PROJECT_ROOT, '.cache', 'assemblies');
  const assemblyFolder = join(outputFolder, await computeSourcesHash());
  const cached = await markUsed(assemblyFolder);
  if (!cached) await fill(outputFolder, assemblyFolder);
  return { assemblyFolder, cached, seconds: (performance.now() - startMs) / 1000 };
}

/** Whether the assembly is there; if so, it counts as used just now. */
async function markUsed(assemblyFolder: string): Promise<boolean> {
  const now = new Date();
  return utimes(assemblyFolder, now, now).then(
    () => true,
    () => false,
  );
}

async function computeSourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) await addToHash(hash, source);
  return hash.digest('hex').slice(0, 20);
}

async function addToHash(hash: Hash, path: string): Promise<void> {
  const absolutePath = join(PROJECT_ROOT, path);
  if ((await stat(absolutePath)).isDirectory()) {
    for (const name of (await readdir(absolutePath)).sort()) {
      if (!NOT_SOURCES.has(name)) await addToHash(hash, `${path}/${name}`);
    }
  } else if (SOURCE_FILE.test(path)) {
    const content = await readFile(absolutePath);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
}

async function fill(outputFolder: string, assemblyFolder: string): Promise<void> {
  await mkdir(outputFolder, { recursive: true });
  const fillingFolder = await mkdtemp(join(outputFolder, FILLING_PREFIX));
  try {
    await runApp(fillingFolder);
    await rename(fillingFolder, assemblyFolder).catch((error: unknown) => {
      // Somebody else was first, with the same sources and so with the same assembly.
      if (!existsSync(assemblyFolder)) throw error;
    });
  } finally {
    await rm(fillingFolder, { recursive: true, force: true });
  }
  await prune(outputFolder);
}

/** In a process of its own: what the CDK, npx and esbuild say on the way is shown only when they fail. */
async function runApp(outputFolder: string): Promise<void> {
  const binFolder = join(PROJECT_ROOT, 'node_modules', '.bin');
  await promisify(execFile)(process.execPath, [join('infra', 'app.ts')], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, CDK_OUTDIR: outputFolder, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}` },
    maxBuffer: OUTPUT_BYTES_MAX,
  }).catch((error: Error & { stdout?: string; stderr?: string }) => {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    // No cause: it would print the same output twice more.
    throw new SynthesisError(`the CDK app failed:\n${output || error.message}`);
  });
}

/** Keeps the assemblies that were used last, by their folders' times. */
async function prune(outputFolder: string): Promise<void> {
  const folders = await Promise.all(
    (await readdir(outputFolder)).map(async (name) => {
      const path = join(outputFolder, name);
      const usedMs = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        // Another process pruned it in between.
        () => undefined,
      );
      return { path, filling: name.startsWith(FILLING_PREFIX), usedMs };
    }),
  );
  const surplus = folders
    .filter(({ filling }) => !filling)
    .sort((a, b) => (b.usedMs ?? 0) - (a.usedMs ?? 0))
    .slice(ASSEMBLIES_KEPT);
  const abandoned = folders.filter(
    ({ filling, usedMs }) => filling && usedMs !== undefined && Date.now() - usedMs > FILLING_MS_MAX,
  );
  for (const { path } of [...surplus, ...abandoned]) await rm(path, { recursive: true, force: true });
}
