// Where functions' code lies while it is loaded: ZIP archives from S3, each unpacked once.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError } from '../kernel/errors.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: "250 MB (unzipped)" */
const UNZIPPED_BYTES_MAX = 262_144_000;

/** One of this process, removed when it ends. */
let rootFolder: string | undefined;

/** Gives a folder with the archive's files. @throws {AwsError} `InvalidParameterValueException`. */
export function unpackAsset(archive: Buffer): string {
  rootFolder ??= createRootFolder();
  const folder = join(rootFolder, createHash('sha256').update(archive).digest('hex'));
  if (existsSync(folder)) return folder;
  const files = Object.entries(unzip(archive)).filter(([path]) => !path.endsWith('/'));
  for (const [path] of files) assertInside(path);
  mkdirSync(folder);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function createRootFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-code-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function unzip(archive: Buffer): Record<string, Uint8Array> {
  let bytes = 0;
  try {
    return unzipSync(archive, {
      filter({ originalSize }) {
        bytes += originalSize;
        if (bytes <= UNZIPPED_BYTES_MAX) return true;
        throw refuse(`Unzipped size must be smaller than ${UNZIPPED_BYTES_MAX} bytes`);
      },
    });
  } catch (cause) {
    if (cause instanceof AwsError) throw cause;
    throw refuse('Could not unzip uploaded file. Please check your file, then try to upload again.', cause);
  }
}

function assertInside(path: string): void {
  const [first] = normalize(path).split(sep);
  if (first === '..' || path.startsWith('/')) throw refuse(`Could not unzip uploaded file: ${path} leads out of it.`);
}

function refuse(message: string, cause?: unknown): AwsError {
  return new AwsError('InvalidParameterValueException', message, { cause });
}
