// The machine's own Chromium: nothing is downloaded.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Without its own sandbox, which root may not use in a container, and without looking anything up on its own account. */
const OPTIONS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Thrown when the machine has no Chromium where one is looked for. */
export class ChromiumNotFoundError extends Error {
  override name = 'ChromiumNotFoundError';
}

/** @throws {ChromiumNotFoundError} */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(process.env), args: OPTIONS });
}

/** `CHROMIUM_PATH`, or the first of the usual names on the `PATH`, or of the usual places. */
export function findChromium(variables: Readonly<Record<string, string | undefined>>): string {
  const { CHROMIUM_PATH: given, PATH: path = '' } = variables;
  if (given) {
    if (existsSync(given)) return given;
    throw new ChromiumNotFoundError(`CHROMIUM_PATH must name an executable, got ${given}, which does not exist`);
  }
  const onPath = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...onPath, ...PLACES].find((place) => existsSync(place));
  if (found) return found;
  throw new ChromiumNotFoundError(
    `no Chromium on the PATH (${NAMES.join(', ')}); install one (Debian: apt-get install chromium) or set CHROMIUM_PATH`,
  );
}
