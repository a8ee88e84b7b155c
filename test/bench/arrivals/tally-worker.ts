// Runs the product's tally on a thread of its own, so that its processor time and its memory are told apart from the emulator's,
// which answers from the main thread.

import { setImmediate as turnEventLoop } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { S3Client } from '@aws-sdk/client-s3';
import type { HttpRequest, HttpResponse } from '../../../emulator/wire/http-message.ts';
import { createSdkRequestHandler } from '../../../emulator/wire/sdk-request-handler.ts';
import { tallyTrials } from '../../../functions/tally/tally-trials.ts';
import { AnswerTimeline } from './answer-timeline.ts';
import { ThreadMeter } from './thread-meter.ts';
import type { JobMeasurement, TallyJob, WorkerAnswer, WorkerMessage } from './worker-job.ts';

if (!parentPort || !globalThis.gc) throw new Error('this is a worker, and needs --expose-gc');
const port = parentPort;
const collectGarbage = globalThis.gc;
const { runId, trialId, bucketName, region, credentials }: TallyJob = workerData;

const waiting = new Map<number, (response: HttpResponse) => void>();
port.on('message', ({ id, response }: WorkerAnswer) => {
  waiting.get(id)?.({ ...response, body: Buffer.from(response.body) });
  waiting.delete(id);
});

let sent = 0;
let measuring: { readonly meter: ThreadMeter; readonly timeline: AnswerTimeline } | undefined;

const front = {
  handle(request: HttpRequest): Promise<HttpResponse> {
    // What the tally stores is the last that it does: all of its arrays are there.
    if (measuring && (request.method === 'PUT' || measuring.meter.isSampleDue)) measuring.meter.sampleMemory();
    const answer = new Promise<HttpResponse>((resolve) => {
      const id = sent++;
      waiting.set(id, resolve);
      port.postMessage({ kind: 'request', id, request } satisfies WorkerMessage);
    });
    return measuring ? measuring.timeline.ask(request, answer) : answer;
  },
};
const s3 = new S3Client({ region, credentials, requestHandler: createSdkRequestHandler(front) });

// Goes through a trial that never was, so that code is loaded and the client's own memory is there before.
await tallyTrials({ runId, trialIds: ['none'] }, { s3, bucketName });
port.postMessage({ kind: 'begun' } satisfies WorkerMessage);
await turnEventLoop();
const meter = new ThreadMeter(collectGarbage);
const timeline = new AnswerTimeline(() => meter.cpuMs);
measuring = { meter, timeline };
await tallyTrials({ runId, trialIds: [trialId] }, { s3, bucketName });
const thread = meter.finish();
const measured: JobMeasurement = { ...thread, lambdaSeconds: thread.cpuSeconds + timeline.waitedSeconds };
port.postMessage({ kind: 'measured', measured } satisfies WorkerMessage);
port.close();
