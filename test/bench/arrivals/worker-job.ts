// What a worker is asked to run, and what it and the main thread say to each other.

import type { EmulatorClientConfig } from '../../../emulator/emulator.ts';
import type { HttpRequest, HttpResponse } from '../../../emulator/wire/http-message.ts';
import type { ThreadMeasurement } from './thread-meter.ts';

export interface TallyJob {
  readonly runId: string;
  readonly bucketName: string;
  readonly region: string;
  readonly credentials: EmulatorClientConfig['credentials'];
  readonly trialId: string;
}

export interface JobMeasurement extends ThreadMeasurement {
  /** What it would take on AWS with this processor: its processor time, and the time in which it waits for answers that take as long as AWS's. */
  readonly lambdaSeconds: number;
}

export type WorkerMessage =
  | { readonly kind: 'request'; readonly id: number; readonly request: HttpRequest }
  /** The clients are warm: what comes now counts. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'measured'; readonly measured: JobMeasurement };

export interface WorkerAnswer {
  readonly id: number;
  readonly response: HttpResponse;
}
