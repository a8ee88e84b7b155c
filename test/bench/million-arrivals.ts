// What the tally of a million arrivals takes: time, memory, requests and dollars, at batch sizes 1 and 100; beside it the same tally where names tell
// nothing, so that every object has to be read, and DuckDB over the same objects. Fails only when they disagree on what arrived.
//
//     node --expose-gc --max-old-space-size=8000 test/bench/million-arrivals.ts [messages]

import { markdownTable } from 'markdown-table';
import { TALLY_FUNCTION_MEMORY_MBS } from '../../model/cost/lambda-billing.ts';
import { priceOf } from '../../model/prices/price.ts';
import { type Aggregates, LargeTrial, renderBody } from './arrivals/large-trial.ts';
import { type DuckDbMeasurement, installDuckDb, measureDuckDb } from './arrivals/measure-duckdb.ts';
import { measureTally, type TallyMeasurement } from './arrivals/measure-tally.ts';
import { type Layout, REGION, storeTrial } from './arrivals/store-trial.ts';

const MESSAGES = Number(process.argv[2] ?? 1_000_000);
const BATCH_SIZES = [100, 1];
/** A million reads through the SDK would take the bench a quarter of an hour: a tenth shows what one read takes. */
const READ_MESSAGES_MAX = 100_000;
const MEBIBYTE = 1024 * 1024;

/** Assumed of S3, in Region, on a warm connection, milliseconds: a page of 1,000 keys, and a small object. */
const LIST_MS = 100;
const GET_MS = 30;
/** Objects and acknowledgements that the tally reads at a time; all else is one after the other. */
const READS_AT_A_TIME = 16;

interface Row {
  readonly title: string;
  readonly messages: number;
  readonly objects: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly addedBytes: number;
  readonly lists: number;
  readonly gets: number;
  readonly puts: number;
  readonly lambdaSeconds?: number;
}

const HEADER = [
  'batch size, how',
  'messages',
  'objects',
  'wall s',
  'CPU s',
  'memory MiB',
  'LIST',
  'GET',
  'PUT',
  'requests USD',
  'Lambda s',
  'Lambda USD',
];

installDuckDb();
const rows: Row[] = [];
const ratios: string[] = [];
for (const batchSize of BATCH_SIZES) await compare(batchSize);
process.stdout.write(
  `\n${markdownTable([HEADER, ...rows.map(renderRow)], { align: ['l', ...HEADER.slice(1).map(() => 'r')] })}\n\n`,
);
process.stdout.write(`${ratios.join('\n')}\n`);
process.stdout.write(
  `Lambda: ${TALLY_FUNCTION_MEMORY_MBS} MB, the CPU seconds of this machine, ${LIST_MS} ms a LIST and ${GET_MS} ms a GET (assumed), ${READS_AT_A_TIME} reads at a time.\n`,
);

async function compare(batchSize: number): Promise<void> {
  const named = await tally(batchSize, 'names tell', MESSAGES);
  const readMessages = batchSize === 1 ? Math.min(MESSAGES, READ_MESSAGES_MAX) : MESSAGES;
  const read = await tally(batchSize, 'names tell nothing', readMessages);
  const large = new LargeTrial({ messages: MESSAGES, batchSize });
  const expected = large.computeAggregates();
  report(`batch size ${batchSize}, DuckDB: writes and reads ${expected.requestIds} files`);
  const duckDb = measureDuckDb(large);
  checkDuckDb(duckDb, expected);
  const objects = expected.requestIds;
  rows.push({
    title: `${batchSize}, DuckDB from local files`,
    messages: MESSAGES,
    objects,
    ...duckDb,
    // What it would ask of S3: the folder's pages, and each object once.
    lists: Math.ceil(objects / 1000),
    gets: objects,
    puts: 0,
  });
  ratios.push(
    `batch size ${batchSize}: reading every object takes ${renderRatio(named, read, 'cpuSeconds')} the CPU time a message, ` +
      `${renderRatio(named, read, 'lambdaSeconds')} the Lambda time and ${renderRatio(named, read, 'requestsUsd')} the dollars for requests; ` +
      `DuckDB ${(duckDb.wallSeconds / named.wallSeconds).toFixed(1)}x the wall clock, ${(duckDb.cpuSeconds / named.cpuSeconds).toFixed(1)}x the CPU time ` +
      `and ${(duckDb.addedBytes / named.addedBytes).toFixed(1)}x the memory`,
  );
}

type Measured = Row & { readonly lambdaSeconds: number; readonly requestsUsd: number };

async function tally(batchSize: number, layout: Layout, messages: number): Promise<Measured> {
  const large = new LargeTrial({ messages, batchSize });
  const startedMs = performance.now();
  const stored = await storeTrial(large, layout, renderBody);
  const storedSeconds = (performance.now() - startedMs) / 1000;
  report(`batch size ${batchSize}, ${layout}: ${stored.objects} objects stored in ${storedSeconds.toFixed(0)} s`);
  const measured = await measureTally(large, stored);
  const expected = large.computeAggregates();
  checkTally(measured, expected);
  report(
    `  ${messages} messages: live memory ${(measured.liveBytesMax / messages).toFixed(1)} bytes a message, ` +
      `${(measured.usedBytesMax / MEBIBYTE).toFixed(0)} MiB with garbage, ${measured.samples} samples`,
  );
  const { wallSeconds, cpuSeconds, liveBytesMax, lists, gets, puts, objectsRead } = measured;
  const row = {
    title: `${batchSize}, ${layout}`,
    messages,
    objects: stored.objects,
    wallSeconds,
    cpuSeconds,
    addedBytes: liveBytesMax,
    lists,
    gets,
    puts,
    lambdaSeconds: computeLambdaSeconds(measured, large.plan.input.ticks + objectsRead),
  };
  rows.push(row);
  return { ...row, requestsUsd: computeRequestsUsd(row) };
}

/** `parallelReads` of the GETs are made many at a time. */
function computeLambdaSeconds({ cpuSeconds, lists, gets }: TallyMeasurement, parallelReads: number): number {
  const getMs = (gets - parallelReads + parallelReads / READS_AT_A_TIME) * GET_MS;
  return cpuSeconds + (lists * LIST_MS + getMs) / 1000;
}

function computeRequestsUsd({ lists, gets, puts }: Pick<Row, 'lists' | 'gets' | 'puts'>): number {
  return (lists + puts) * priceOf(REGION, 's3.put').unitPriceUsd + gets * priceOf(REGION, 's3.get').unitPriceUsd;
}

function computeLambdaUsd(seconds: number): number {
  const gbSeconds = (seconds * TALLY_FUNCTION_MEMORY_MBS) / 1024;
  return (
    gbSeconds * priceOf(REGION, 'lambda.gb-second-arm64').unitPriceUsd + priceOf(REGION, 'lambda.request').unitPriceUsd
  );
}

function checkTally({ aggregates }: TallyMeasurement, expected: Aggregates): void {
  const [found, wanted] = [JSON.stringify(aggregates), JSON.stringify(expected)];
  if (found !== wanted) fail(`the tally came to ${found}, not to ${wanted}`);
}

function checkDuckDb(found: DuckDbMeasurement, { lines, arrived, requestIds, delivery }: Aggregates): void {
  const wanted = { lines, arrived, requestIds, ...delivery };
  for (const [name, value] of Object.entries(wanted)) {
    const other = Reflect.get(found, name);
    if (other !== value) fail(`DuckDB came to ${name} ${other}, not to ${value}`);
  }
}

function fail(problem: string): void {
  process.stdout.write(`${problem}\n`);
  process.exitCode = 1;
}

function report(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Per message, as one of them may have had fewer. */
function renderRatio(named: Measured, read: Measured, figure: 'cpuSeconds' | 'lambdaSeconds' | 'requestsUsd'): string {
  return `${(read[figure] / read.messages / (named[figure] / named.messages)).toFixed(1)}x`;
}

function renderRow(row: Row): string[] {
  const { lambdaSeconds } = row;
  return [
    row.title,
    row.messages.toLocaleString('en-US'),
    row.objects.toLocaleString('en-US'),
    row.wallSeconds.toFixed(1),
    row.cpuSeconds.toFixed(1),
    (row.addedBytes / MEBIBYTE).toFixed(0),
    row.lists.toLocaleString('en-US'),
    row.gets.toLocaleString('en-US'),
    row.puts.toLocaleString('en-US'),
    computeRequestsUsd(row).toFixed(4),
    lambdaSeconds === undefined ? '-' : lambdaSeconds.toFixed(0),
    lambdaSeconds === undefined ? '-' : computeLambdaUsd(lambdaSeconds).toFixed(5),
  ];
}
