// Has a worker run a job, and answers its requests from the emulator.

import { Worker } from 'node:worker_threads';
import type { Account } from '../../../emulator/account.ts';
import type { Collection } from '../../../model/tally.ts';
import type { Job, JobMeasurement, WorkerAnswer, WorkerMessage } from './worker-job.ts';

/** V8's old generation, as large as V8 makes it of 1,769 MB: half of them. With less, collections take several times the product's own time. */
const OLD_GENERATION_MBS = 880;

export interface FinishedJob extends JobMeasurement {
  /** A collector's result. */
  readonly collection: Collection | undefined;
  readonly lists: number;
  readonly gets: number;
  readonly puts: number;
  /** Calls of SQS. */
  readonly receives: number;
  readonly deletes: number;
}

export async function runJob(account: Account, job: Job): Promise<FinishedJob> {
  const calls = new Map<string, number>();
  account.world.gateway.observe(({ operation }) => calls.set(operation, (calls.get(operation) ?? 0) + 1));
  const front = account.createFront({ takesModelledTime: false });
  const worker = new Worker(new URL('product-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: OLD_GENERATION_MBS },
  });
  const answer = async ({ id, request }: WorkerMessage & { kind: 'request' }) => {
    const response = await front.handle({ ...request, body: Buffer.from(request.body) });
    worker.postMessage({ id, response } satisfies WorkerAnswer);
  };
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error(`the ${job.kind} ended without a word`)));
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'request') answer(message).catch(reject);
      else if (message.kind === 'begun') calls.clear();
      else resolve({ ...message.measured, collection: message.collection, ...countCalls(calls) });
    });
  });
}

function countCalls(
  calls: ReadonlyMap<string, number>,
): Pick<FinishedJob, 'lists' | 'gets' | 'puts' | 'receives' | 'deletes'> {
  return {
    lists: calls.get('ListObjectsV2') ?? 0,
    gets: calls.get('GetObject') ?? 0,
    puts: calls.get('PutObject') ?? 0,
    receives: calls.get('ReceiveMessage') ?? 0,
    deletes: calls.get('DeleteMessageBatch') ?? 0,
  };
}
