// Writes reports/report.schema.json. After a change of report.json run node scripts/write-report-schema.ts, then npm run format.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { computeReportJsonSchema } from './report-json-schema.ts';

const path = join(import.meta.dirname, '..', 'reports', 'report.schema.json');
await writeFile(path, `${JSON.stringify(computeReportJsonSchema(), null, 2)}\n`);
