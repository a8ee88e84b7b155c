// Reads a folder of arrival objects with DuckDB, and prints what it took and what it found as JSON: node aggregate.mjs <folder>.

import { existsSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [, , folder = '.'] = process.argv;

/** Columns by name, so that DuckDB need not find out; `quantile_cont` is type 7 of Hyndman and Fan, as the tally's. */
const QUERY = `
  WITH line AS (
    SELECT * FROM read_ndjson('${folder.replaceAll("'", "''")}/*.ndjson',
      columns = {sequence: 'INTEGER', requestId: 'VARCHAR', receivedAt: 'BIGINT', scheduledAt: 'TIMESTAMP'})
  ), message AS (
    SELECT sequence, count(*) AS lines, min(receivedAt) - epoch_ms(any_value(scheduledAt)) AS deliveryMs FROM line GROUP BY sequence
  )
  SELECT
    (SELECT sum(lines) FROM message)::DOUBLE AS lines,
    (SELECT count(*) FROM message)::DOUBLE AS arrived,
    (SELECT count(DISTINCT requestId) FROM line)::DOUBLE AS requestIds,
    (SELECT quantile_cont(deliveryMs, 0.5) FROM message)::DOUBLE AS p50Ms,
    (SELECT quantile_cont(deliveryMs, 0.99) FROM message)::DOUBLE AS p99Ms`;

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const startedMs = performance.now();
const startedCpu = process.cpuUsage();
const baseKib = readPeakKib();
const reader = await connection.runAndReadAll(QUERY);
const wallSeconds = (performance.now() - startedMs) / 1000;
const { user, system } = process.cpuUsage(startedCpu);
const [found] = reader.getRowObjects();
process.stdout.write(
  JSON.stringify({
    wallSeconds,
    cpuSeconds: (user + system) / 1e6,
    addedBytes: (readPeakKib() - baseKib) * 1024,
    ...found,
  }),
);

/** Of this program alone. On Linux `maxRSS` begins with the peak of the process that forked it: `exec_mmap` in the kernel's fs/exec.c keeps it. */
function readPeakKib() {
  if (!existsSync('/proc/self/status')) return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
