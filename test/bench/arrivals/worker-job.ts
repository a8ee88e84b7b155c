// What a worker is asked to run, and what it and the main thread say to each other.

import type { EmulatorClientConfig } from '../../../emulator/emulator.ts';
import type { HttpRequest, HttpResponse } from '../../../emulator/wire/http-message.ts';
import type { Collection } from '../../../model/tally.ts';
import type { ThreadMeasurement } from './thread-meter.ts';

export type Job = TallyJob | CollectionJob;

interface JobFrame {
  readonly runId: string;
  readonly bucketName: string;
  readonly region: string;
  readonly credentials: EmulatorClientConfig['credentials'];
}

export interface TallyJob extends JobFrame {
  readonly kind: 'tally';
  readonly trialId: string;
}

/** One invocation of the collector. */
export interface CollectionJob extends JobFrame {
  readonly kind: 'collection';
  readonly queueUrl: string;
  readonly before: Collection | null;
  /** What the invocation takes for the time of day, epoch milliseconds: the run is over, and not for days. */
  readonly nowMs: number;
  /** What the invocation is told that it has left, whenever it asks. */
  readonly remainingMs: number;
}

export interface JobMeasurement extends ThreadMeasurement {
  /** What it would take on AWS with this processor: its processor time, and the time in which it waits for answers that take as long as AWS's. */
  readonly lambdaSeconds: number;
}

export type WorkerMessage =
  | { readonly kind: 'request'; readonly id: number; readonly request: HttpRequest }
  /** The clients are warm: what comes now counts. */
  | { readonly kind: 'begun' }
  /** `collection` is a collector's result. */
  | { readonly kind: 'measured'; readonly measured: JobMeasurement; readonly collection: Collection | undefined };

export interface WorkerAnswer {
  readonly id: number;
  readonly response: HttpResponse;
}
