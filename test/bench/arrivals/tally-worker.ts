// Runs the product's tally on a thread of its own, so that its processor time and its memory are told apart from the emulator's, which answers from
// the main thread.

import { setImmediate as turnEventLoop } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { S3Client } from '@aws-sdk/client-s3';
import type { EmulatorClientConfig } from '../../../emulator/emulator.ts';
import type { HttpRequest, HttpResponse } from '../../../emulator/wire/http-message.ts';
import { createSdkRequestHandler } from '../../../emulator/wire/sdk-request-handler.ts';
import { tallyTrials } from '../../../functions/tally/tally-trials.ts';

export interface TallyJob {
  readonly runId: string;
  readonly trialId: string;
  readonly bucketName: string;
  readonly region: string;
  readonly credentials: EmulatorClientConfig['credentials'];
}

export type WorkerMessage =
  | { readonly kind: 'request'; readonly id: number; readonly request: HttpRequest }
  /** The client is warm: what comes now counts. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'measured'; readonly measured: ThreadMeasurement };

export interface WorkerAnswer {
  readonly id: number;
  readonly response: HttpResponse;
}

/** Of the tally and its SDK client, without the collections of garbage that were made to look. */
export interface ThreadMeasurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Reachable after a collection, arrays outside the heap included, less what was there before: the most of all samples. */
  readonly liveBytesMax: number;
  /** The same with garbage that had not been collected yet. */
  readonly usedBytesMax: number;
  readonly samples: number;
}

const SAMPLE_EVERY_MS = 500;

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
let baseBytes = 0;
let liveBytesMax = 0;
let usedBytesMax = 0;
let samples = 0;
let sampledMs = 0;
let pausedMs = 0;
let pausedCpuMicroseconds = 0;

function readUsedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function readCpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

function sampleMemory(): void {
  const startedMs = performance.now();
  const startedCpu = readCpuMicroseconds();
  usedBytesMax = Math.max(usedBytesMax, readUsedBytes() - baseBytes);
  collectGarbage();
  liveBytesMax = Math.max(liveBytesMax, readUsedBytes() - baseBytes);
  samples++;
  sampledMs = performance.now();
  pausedMs += sampledMs - startedMs;
  pausedCpuMicroseconds += readCpuMicroseconds() - startedCpu;
}

const front = {
  handle(request: HttpRequest): Promise<HttpResponse> {
    // What the tally stores is the last that it does: all of its arrays are there.
    if (request.method === 'PUT' || performance.now() - sampledMs > SAMPLE_EVERY_MS) sampleMemory();
    const id = sent++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ kind: 'request', id, request } satisfies WorkerMessage);
    });
  },
};
const s3 = new S3Client({ region, credentials, requestHandler: createSdkRequestHandler(front) });

// Goes through a trial that never was, so that code is loaded and the client's own memory is there before.
await tallyTrials({ runId, trialIds: ['none'] }, { s3, bucketName });
port.postMessage({ kind: 'begun' } satisfies WorkerMessage);
await turnEventLoop();
liveBytesMax = 0;
usedBytesMax = 0;
samples = 0;
pausedMs = 0;
pausedCpuMicroseconds = 0;
collectGarbage();
baseBytes = readUsedBytes();
const startedMs = performance.now();
sampledMs = startedMs;
const startedCpu = readCpuMicroseconds();
await tallyTrials({ runId, trialIds: [trialId] }, { s3, bucketName });
const measured: ThreadMeasurement = {
  wallSeconds: (performance.now() - startedMs - pausedMs) / 1000,
  cpuSeconds: (readCpuMicroseconds() - startedCpu - pausedCpuMicroseconds) / 1e6,
  liveBytesMax,
  usedBytesMax,
  samples,
};
port.postMessage({ kind: 'measured', measured } satisfies WorkerMessage);
port.close();
