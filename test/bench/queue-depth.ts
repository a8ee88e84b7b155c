// What a queue costs while it is deep: processor time of a send, a receive and a deletion, and memory of a waiting message.
//
//     node --expose-gc --max-old-space-size=6000 test/bench/queue-depth.ts

import { createBareQueue } from '../../emulator/sqs/create-bare-queue.fixture.ts';

const DEPTHS = [1000, 100_000, 1_000_000];
/** 0 stands for a standard queue. */
const GROUP_COUNTS = [0, 1, 1000, 100_000];
const ROUNDS = 5000;
const BATCH = 10;

interface Timing {
  totalMs: number;
  count: number;
}

async function measure(groupCount: number, depth: number): Promise<string> {
  const { queue, send, receive } = createBareQueue({ isFifo: groupCount > 0 });
  const usedBytes = readUsedBytes();
  let sentCount = 0;
  const sendNext = () => send(groupCount > 0 ? `group-${sentCount++ % groupCount}` : undefined);
  for (let index = 0; index < depth; index++) sendNext();
  const bytesPerMessage = (readUsedBytes() - usedBytes) / depth;

  const sends: Timing = { totalMs: 0, count: 0 };
  const receives: Timing = { totalMs: 0, count: 0 };
  const deletions: Timing = { totalMs: 0, count: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    for (let index = 0; index < BATCH; index++) sendNext();
    const sentMs = performance.now();
    const messages = await receive(BATCH);
    const receivedMs = performance.now();
    for (const { receiptHandle } of messages) queue.delete(receiptHandle);
    add(sends, sentMs - startMs, BATCH);
    add(receives, receivedMs - sentMs, messages.length);
    add(deletions, performance.now() - receivedMs, messages.length);
  }
  const kind = groupCount > 0 ? `FIFO, ${groupCount} groups` : 'standard';
  const times = `send ${render(sends)}, receive ${render(receives)}, delete ${render(deletions)} µs a message`;
  return `${kind}, ${depth} deep: ${times}; ${Math.round(bytesPerMessage)} bytes a waiting message`;
}

function add(timing: Timing, durationMs: number, count: number): void {
  timing.totalMs += durationMs;
  timing.count += count;
}

const render = ({ totalMs, count }: Timing) => ((totalMs / count) * 1000).toFixed(1);

function readUsedBytes(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc: memory is read after a collection');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

for (const groupCount of GROUP_COUNTS) {
  for (const depth of DEPTHS) console.log(await measure(groupCount, depth));
}
