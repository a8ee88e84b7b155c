// Runs the product's tally or its collector on a thread of its own, so that its processor time and its memory are told apart from the emulator's,
// which answers from the main thread.

import { setImmediate as turnEventLoop } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { HttpRequest, HttpResponse } from '../../../emulator/wire/http-message.ts';
import { createSdkRequestHandler } from '../../../emulator/wire/sdk-request-handler.ts';
import { collectArrivalEvents } from '../../../functions/collect-arrival-events/collect-arrival-events.ts';
import { tallyTrials } from '../../../functions/tally/tally-trials.ts';
import type { Collection } from '../../../model/tally.ts';
import { AnswerTimeline } from './answer-timeline.ts';
import { ThreadMeter } from './thread-meter.ts';
import type { CollectionJob, Job, JobMeasurement, WorkerAnswer, WorkerMessage } from './worker-job.ts';

if (!parentPort || !globalThis.gc) throw new Error('this is a worker, and needs --expose-gc');
const port = parentPort;
const collectGarbage = globalThis.gc;
const job: Job = workerData;
const { runId, bucketName, region, credentials } = job;

const waiting = new Map<number, (response: HttpResponse) => void>();
port.on('message', ({ id, response }: WorkerAnswer) => {
  waiting.get(id)?.({ ...response, body: Buffer.from(response.body) });
  waiting.delete(id);
});

let sent = 0;
let measuring: { readonly meter: ThreadMeter; readonly timeline: AnswerTimeline } | undefined;

const front = {
  handle(request: HttpRequest): Promise<HttpResponse> {
    // At a PUT all that is to be stored is there; a tally's is the last that it does.
    if (measuring && (request.method === 'PUT' || measuring.meter.isSampleDue)) measuring.meter.sampleMemory();
    const answer = new Promise<HttpResponse>((resolve) => {
      const id = sent++;
      waiting.set(id, resolve);
      port.postMessage({ kind: 'request', id, request } satisfies WorkerMessage);
    });
    return measuring ? measuring.timeline.ask(request, answer) : answer;
  },
};
const config = { region, credentials, requestHandler: createSdkRequestHandler(front) };
const s3 = new S3Client(config);

const { warmUp, run } = job.kind === 'tally' ? prepareTally(job.trialId) : prepareCollection(job);
await warmUp();
port.postMessage({ kind: 'begun' } satisfies WorkerMessage);
await turnEventLoop();
const meter = new ThreadMeter(collectGarbage);
const timeline = new AnswerTimeline(() => meter.cpuMs);
measuring = { meter, timeline };
const collection = await run();
const thread = meter.finish();
const measured: JobMeasurement = { ...thread, lambdaSeconds: thread.cpuSeconds + timeline.waitedSeconds };
port.postMessage({ kind: 'measured', measured, collection } satisfies WorkerMessage);
port.close();

interface PreparedJob {
  /** Loads code, and lets the clients take the memory that they keep. */
  readonly warmUp: () => Promise<unknown>;
  readonly run: () => Promise<Collection | undefined>;
}

function prepareTally(trialId: string): PreparedJob {
  return {
    // A trial that never was.
    warmUp: () => tallyTrials({ runId, trialIds: ['none'] }, { s3, bucketName }),
    async run() {
      await tallyTrials({ runId, trialIds: [trialId] }, { s3, bucketName });
      return undefined;
    },
  };
}

function prepareCollection({ queueUrl, before, nowMs, remainingMs }: CollectionJob): PreparedJob {
  Date.now = () => nowMs;
  const sqs = new SQSClient(config);
  const collect = (request: Parameters<typeof collectArrivalEvents>[0]) =>
    collectArrivalEvents(request, { s3, bucketName, sqs, queueUrl, name: 'bench', remainingMs: () => remainingMs });
  return {
    async warmUp() {
      await collect({ runId: 'none', before: null });
      // Hides nothing, so that the queue keeps what it has.
      await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 0 }));
    },
    run: () => collect({ runId, before }),
  };
}
