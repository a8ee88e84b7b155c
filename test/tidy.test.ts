// Rules of the source tree that nothing else would keep.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const ROOMS = ['model', 'functions', 'statemachines', 'infra', 'emulator', 'reports', 'scripts', 'test'];

/** What each room may import of ours. `test` and `scripts` may import everything. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  model: ['model'],
  functions: ['functions', 'model'],
  'functions/report': ['functions', 'model', 'reports'],
  reports: ['reports', 'model'],
  infra: ['infra', 'model'],
  emulator: ['emulator'],
};

const LINES_MAX = 400;

/** Host time and host randomness: they would make two runs of one seed differ. */
const NONDETERMINISM =
  /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\brandomUUID\(|(?<![.\w])setTimeout\(/;

/** The clock of the local endpoint is the host's; the others define a method of that name, for HTTP clients to call. */
const NONDETERMINISM_ALLOWED: readonly string[] = [
  'emulator/server/wall-clock.ts',
  'emulator/lambda/sandbox/sandbox-http.ts',
  'emulator/wire/in-process-request.ts',
];

const VAGUE_NAMES = /^(utils?|helpers?|common|misc|managers?)\b/;

/** Lambda calls them. */
const HANDLERS = /^functions\/[\w-]+\/handler\.ts: handler$/;

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const files = ROOMS.flatMap((room) => listSources(join(ROOT, room)));
const product = files.filter((file) => !file.path.endsWith('.test.ts'));

describe('tidy', () => {
  test('imports point one way', () => {
    const strays = product.flatMap((file) => findStrayImports(file));

    expect(strays).toEqual([]);
  });

  test(`no source file is longer than ${LINES_MAX} lines`, () => {
    const long = product.filter((file) => file.text.split('\n').length > LINES_MAX).map((file) => file.path);

    expect(long).toEqual([]);
  });

  test('no file or folder has a name that says nothing', () => {
    const vague = files
      .map((file) => file.path)
      .filter((path) => path.split('/').some((part) => VAGUE_NAMES.test(part)));

    expect(vague).toEqual([]);
  });

  test('whatever a file exports, types aside, another file imports', () => {
    const imported = new Set(files.flatMap(listImports));
    const strays = product
      .filter((file) => !file.path.startsWith('test/') && !file.path.endsWith('.fixture.ts'))
      .flatMap(listExportedValues)
      .filter((value) => !imported.has(value) && !HANDLERS.test(value));

    expect(strays).toEqual([]);
  });

  test('the emulator, the model and the reports read neither the host clock nor host randomness', () => {
    const strays = product
      .filter((file) => /^(emulator|model|reports)\//.test(file.path))
      .filter((file) => !NONDETERMINISM_ALLOWED.includes(file.path))
      .flatMap((file) => findLines(file, NONDETERMINISM));

    expect(strays).toEqual([]);
  });

  test('every error class has a literal name, which a minifier cannot mangle', () => {
    const strays = product.flatMap((file) => {
      const classes = [...file.text.matchAll(/class (\w+) extends \w*Error \{\n\s*(.*)\n/g)];
      return classes
        .filter(([, name, firstLine]) => firstLine !== `override name = '${name}';`)
        .map(([, name]) => `${file.path}: ${name}`);
    });

    expect(strays).toEqual([]);
  });

  test('nothing is left for later', () => {
    const strays = files
      .filter((file) => file.path !== 'test/tidy.test.ts')
      .flatMap((file) => findLines(file, /\b(TODO|FIXME|XXX|HACK)\b|\b(test|describe|it)\.(skip|only|todo)\b/));

    expect(strays).toEqual([]);
  });

  test('every dependency is pinned to an exact version', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const versions: [string, string][] = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

    expect(
      versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version) && !/^\d+\.\d+\.\d{9,}$/.test(version)),
    ).toEqual([]);
  });

  test('every dependency is used', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const usedByName = new Set([
      'node',
      'typescript',
      'vitest',
      '@biomejs/biome',
      'aws-cdk',
      'esbuild',
      '@types/node',
      '@types/aws-lambda',
      'constructs',
    ]);
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const unused = names
      .filter((name) => !usedByName.has(name))
      .filter((name) => !files.some((file) => new RegExp(`from '${name}[/']|import\\('${name}[/']`).test(file.text)));

    expect(unused).toEqual([]);
  });
});

function listSources(folder: string): SourceFile[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      // Where a benchmark has installed what it compares with.
      .filter((path) => !path.split(sep).includes('node_modules'))
      .map((path) => ({ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
  );
}

function findStrayImports(file: SourceFile): string[] {
  const arrows = Object.entries(ARROWS)
    .filter(([room]) => file.path.startsWith(`${room}/`))
    .sort(([a], [b]) => b.length - a.length)[0];
  if (!arrows) return [];
  const [, allowed] = arrows;
  return [...file.text.matchAll(/from '(\.{1,2}\/[^']+)'/g)]
    .map(([, specifier = '']) => findTarget(file, specifier))
    .filter((target) => !allowed.includes(target.split('/')[0] ?? ''))
    .map((target) => `${file.path} imports ${target}`);
}

/** The path of what `file` imports as `specifier`. */
function findTarget(file: SourceFile, specifier: string): string {
  return join(dirname(file.path), specifier).split(sep).join('/');
}

/** `model/input.ts: parseInput` for each name that the file takes from another, to export it again too. */
function listImports(file: SourceFile): string[] {
  return [...file.text.matchAll(/\b(?:import|export)(?: type)? \{([^}]*)\} from '(\.{1,2}\/[^']+)'/g)].flatMap(
    ([, list = '', specifier = '']) => listNames(list).map(([name]) => `${findTarget(file, specifier)}: ${name}`),
  );
}

/** In the same form. */
function listExportedValues({ path, text }: SourceFile): string[] {
  const declared = [...text.matchAll(/^export (?:async )?(?:const|let|class|enum|function\*?) (\w+)/gm)];
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list = '']) =>
    listNames(list.replaceAll(/\btype [^,]+/g, '')),
  );
  return [...declared.map(([, name]) => name), ...listed.map(([, as]) => as)].map((name) => `${path}: ${name}`);
}

/** Of `{ name, type name, name as other }`: each name, and what it is called outside. */
function listNames(list: string): [name: string, as: string][] {
  return [...list.matchAll(/(?:\btype )?(\w+)(?: as (\w+))?/g)].map(([, name = '', as = name]) => [name, as]);
}

function findLines(file: SourceFile, pattern: RegExp): string[] {
  return file.text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => !line.startsWith('//') && !line.startsWith('*') && pattern.test(line))
    .map(({ line, number }) => `${file.path}:${number}: ${line}`);
}
