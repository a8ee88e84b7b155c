// Who uses the processor in a default run: the emulator, the functions' code with its SDK, or the rest of the command.
// The emulator's share is to be a quarter at most; the median of the runs may miss that by what they differ among themselves.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../scripts/synthesize.ts';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** As V8 writes it: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

const ROOT = join(import.meta.dirname, '..', '..');
const SHARE_MAX = 0.25;
const NOISE = 0.03;
const RUNS = 3;

/** The innermost frame that belongs to one of them decides; a library counts for whoever called it. */
const OWNERS: readonly (readonly [string, RegExp])[] = [
  // Compiling their code is theirs too.
  ['functions with their SDK', /\/var\/task\/|\/sandbox\/bundle\.ts$/],
  ['SDK of the command line', /node_modules\/@(aws-sdk|smithy)\//],
  ['emulator', /\/emulator\//],
  ['rest of the command', /\/(scripts|model|reports|infra)\//],
];
const LOADING = /^node:internal\/(modules|vm)|^(compileSourceTextModule|Module|wrapSafe)$/;

await synthesize();
const shares: number[] = [];
for (let run = 1; run <= RUNS; run++) {
  const secondsOf = sumByOwner(profileDefaultRun());
  const totalSeconds = [...secondsOf.values()].reduce((sum, seconds) => sum + seconds, 0);
  const parts = [...secondsOf]
    .sort(([, a], [, b]) => b - a)
    .map(([owner, seconds]) => `${owner} ${((100 * seconds) / totalSeconds).toFixed(1)}%`);
  process.stdout.write(`processor, run ${run} of ${RUNS}: ${parts.join(', ')}\n`);
  shares.push((secondsOf.get('emulator') ?? 0) / totalSeconds);
}
const median = shares.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
process.stdout.write(`emulator, median: ${(100 * median).toFixed(1)}%, goal ${100 * SHARE_MAX}%\n`);
if (!(median <= SHARE_MAX + NOISE)) process.exitCode = 1;

function profileDefaultRun(): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'cpu-share-'));
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '--cpu-prof',
        '--cpu-prof-dir',
        folder,
        join(ROOT, 'scripts', 'showdown.ts'),
        'run',
        '--out',
        join(folder, 'run'),
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`the run ended with ${status}: ${stderr}`);
    const name = readdirSync(folder).find((file) => file.endsWith('.cpuprofile')) ?? '';
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds of processor time, by owner. What the garbage collector takes is nobody's, and counts for the total only. */
function sumByOwner({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const ownerOf = findOwners(nodes);
  const secondsOf = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const owner = ownerOf.get(id);
    if (owner === 'idle' || owner === undefined) continue;
    secondsOf.set(owner, (secondsOf.get(owner) ?? 0) + (timeDeltas[index] ?? 0) / 1e6);
  }
  return secondsOf;
}

/** Of every node of the tree of calls, by its id. */
function findOwners(nodes: readonly ProfileNode[]): Map<number, string> {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const ownerOf = new Map<number, string>();
  const [root] = nodes;
  const open: { id: number; inherited: string }[] = root ? [{ id: root.id, inherited: 'Node.js itself' }] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const node = nodeOf.get(next.id);
    if (!node) continue;
    const owner = findOwnOwner(node) ?? next.inherited;
    ownerOf.set(node.id, owner);
    for (const id of node.children ?? []) open.push({ id, inherited: owner });
  }
  return ownerOf;
}

function findOwnOwner({ callFrame: { functionName, url } }: ProfileNode): string | undefined {
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (LOADING.test(url) || LOADING.test(functionName)) return 'loading of modules';
  return OWNERS.find(([, pattern]) => pattern.test(url))?.[0];
}
