// Writes statemachines/input.schema.json. After a change of the execution input run node scripts/write-input-schema.ts, then
// npm run format.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { computeInputJsonSchema } from '../model/input-json-schema.ts';

const path = join(import.meta.dirname, '..', 'statemachines', 'input.schema.json');
await writeFile(path, `${JSON.stringify(computeInputJsonSchema(), null, 2)}\n`);
