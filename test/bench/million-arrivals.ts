// What the tally of a million arrivals takes: time, memory, requests and dollars, at batch sizes 1 and 100; beside it the same tally where names tell
// nothing, so that every object has to be read, DuckDB over the same objects, and the collection of S3's events. Fails only when one of them did not
// find what arrived.
//
//     node --expose-gc --max-old-space-size=8000 test/bench/million-arrivals.ts [messages]

import { TALLY_FUNCTION_MEMORY_MBS } from '../../model/cost/lambda-billing.ts';
import {
  renderLargestCollection,
  renderLargestFirehoseLane,
  renderLargestTrial,
  type TwoSizes,
} from './arrivals/extrapolate.ts';
import { computeRequestsUsd, type Figures, MEBIBYTE, renderFigures } from './arrivals/figures.ts';
import { type Aggregates, LargeTrial, renderBody } from './arrivals/large-trial.ts';
import { measureCollection } from './arrivals/measure-collection.ts';
import { type DuckDbMeasurement, installDuckDb, measureDuckDb } from './arrivals/measure-duckdb.ts';
import { measureTally, type TallyMeasurement } from './arrivals/measure-tally.ts';
import { renderServiceTimes } from './arrivals/service-times.ts';
import { storeEvents } from './arrivals/store-events.ts';
import { type Layout, storeTrial } from './arrivals/store-trial.ts';

const STEP_MESSAGES = 10_000;
const BATCH_SIZES = [100, 1];
/** Reading a million objects through the SDK would take the bench minutes: a twentieth shows what one read takes. */
const READ_MESSAGES_MAX = 50_000;
/** For the same reason. */
const EVENTS_MAX = 100_000;

const MESSAGES = parseMessages(process.argv[2] ?? '1000000');
const SMALL_MESSAGES = Math.ceil(MESSAGES / 10 / STEP_MESSAGES) * STEP_MESSAGES;

installDuckDb();
const rows: Figures[] = [];
const ratios: string[] = [];
const extrapolated: string[] = [];
for (const batchSize of BATCH_SIZES) await compare(batchSize);
await collect();
print(`\n${renderFigures(rows)}\n`);
for (const line of [...ratios, ...extrapolated]) print(line);
print(
  `Lambda: modelled, ${TALLY_FUNCTION_MEMORY_MBS} MB. The CPU seconds of the function's thread on this machine, and the time in which it has nothing to do before ` +
    `an answer comes, as many being under way as the product asks for at a time; assumed are ${renderServiceTimes()}. ` +
    'Not in it are TLS, sockets, and what V8 does on threads of its own: collecting garbage on one thread takes up to a fifth more.',
);

async function compare(batchSize: number): Promise<void> {
  const named = await tally(batchSize, 'names tell', MESSAGES);
  const readMessages = batchSize === 1 ? Math.min(MESSAGES, READ_MESSAGES_MAX) : MESSAGES;
  const read = await tally(batchSize, 'names tell nothing', readMessages);
  await extrapolate(batchSize, named, read);
  const large = new LargeTrial({ messages: MESSAGES, batchSize });
  const expected = large.computeAggregates();
  print(`batch size ${batchSize}, DuckDB: writes and reads ${expected.requestIds} files`);
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
  const compareRows = (figure: (row: Tallied['row']) => number) => renderRatio(named.row, read.row, figure);
  ratios.push(
    `batch size ${batchSize}: reading every object takes ${compareRows(({ cpuSeconds }) => cpuSeconds)} the CPU time a message, ` +
      `${compareRows(({ lambdaSeconds }) => lambdaSeconds)} the Lambda time and ${compareRows(computeRequestsUsd)} the dollars for requests; ` +
      `DuckDB ${(duckDb.wallSeconds / named.row.wallSeconds).toFixed(1)}x the wall clock, ${(duckDb.cpuSeconds / named.row.cpuSeconds).toFixed(1)}x the CPU time ` +
      `and ${(duckDb.addedBytes / named.row.addedBytes).toFixed(1)}x the memory`,
  );
}

interface Tallied {
  readonly messages: number;
  readonly measured: TallyMeasurement;
  readonly row: Figures & { readonly lambdaSeconds: number };
}

async function tally(batchSize: number, layout: Layout, messages: number): Promise<Tallied> {
  const large = new LargeTrial({ messages, batchSize });
  const startedMs = performance.now();
  const stored = await storeTrial(large, layout, renderBody);
  const storedSeconds = (performance.now() - startedMs) / 1000;
  print(`batch size ${batchSize}, ${layout}: ${stored.objects} objects stored in ${storedSeconds.toFixed(0)} s`);
  const measured = await measureTally(large, stored);
  checkTally(measured, large.computeAggregates());
  print(
    `  ${messages} messages: live memory ${(measured.liveBytesMax / messages).toFixed(1)} bytes a message, ` +
      `${(measured.usedBytesMax / MEBIBYTE).toFixed(0)} MiB with garbage, ${measured.samples} samples`,
  );
  const title = `${batchSize}, ${layout}`;
  return {
    messages,
    measured,
    row: { title, messages, objects: stored.objects, addedBytes: measured.liveBytesMax, ...measured },
  };
}

/** By a smaller trial of the same kind. */
async function extrapolate(batchSize: number, named: Tallied, read: Tallied): Promise<void> {
  rows.push(named.row, read.row);
  const large = batchSize === 1 ? named : read;
  const small = await tally(batchSize, batchSize === 1 ? 'names tell' : 'names tell nothing', SMALL_MESSAGES);
  const sizes: TwoSizes = { small, large };
  if (batchSize === 1) {
    extrapolated.push(renderLargestTrial(sizes));
    return;
  }
  const [first] = new LargeTrial({ messages: STEP_MESSAGES, batchSize }).listInvocations();
  if (!first) throw new Error('a trial without invocations');
  extrapolated.push(renderLargestFirehoseLane(sizes, renderBody(first).length / first.messages.length));
}

async function collect(): Promise<void> {
  const messages = Math.min(MESSAGES, EVENTS_MAX);
  const large = new LargeTrial({ messages, batchSize: 1 });
  const stored = await storeEvents(large);
  const objects = stored.storedAtMs.size;
  print(`batch size 1, events: of ${objects} objects in the queue`);
  const measurement = await measureCollection(large, stored);
  const { counting, draining, sqsRequests, problems } = measurement;
  for (const problem of problems) fail(problem);
  print(
    `  live memory ${(draining.liveBytesMax / MEBIBYTE).toFixed(0)} MiB, ${(draining.usedBytesMax / MEBIBYTE).toFixed(0)} MiB with garbage, ${draining.samples} samples`,
  );
  rows.push({
    title: '1, events collected',
    messages,
    objects,
    wallSeconds: counting.wallSeconds + draining.wallSeconds,
    cpuSeconds: counting.cpuSeconds + draining.cpuSeconds,
    addedBytes: Math.max(counting.liveBytesMax, draining.liveBytesMax),
    lists: counting.lists + draining.lists,
    gets: counting.gets + draining.gets,
    puts: counting.puts + draining.puts,
    sqsRequests,
    lambdaSeconds: counting.lambdaSeconds + draining.lambdaSeconds,
  });
  extrapolated.push(...renderLargestCollection(measurement));
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

/** @throws {RangeError} */
function parseMessages(text: string): number {
  const messages = Number(text);
  if (messages >= 2 * STEP_MESSAGES && messages % STEP_MESSAGES === 0) return messages;
  throw new RangeError(`messages must be a multiple of 10,000, 20,000 or more, got ${text}`);
}

function fail(problem: string): void {
  print(problem);
  process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Per message, as one of them may have had fewer. */
function renderRatio(named: Tallied['row'], read: Tallied['row'], figure: (row: Tallied['row']) => number): string {
  return `${(figure(read) / read.messages / (figure(named) / named.messages)).toFixed(1)}x`;
}
