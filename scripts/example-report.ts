// How the example in reports/examples/ is made: `npm run example`.

import { join } from 'node:path';

export const EXAMPLE_FOLDER = join(import.meta.dirname, '..', 'reports', 'examples', 'repeated');

/** For scripts/showdown.ts; the folder comes on top. */
export const EXAMPLE_ARGUMENTS: readonly string[] = [
  'run',
  ...['--seed', '1'],
  ...['--repetitions', '5'],
  ...['--label', 'an example of five repetitions'],
];
