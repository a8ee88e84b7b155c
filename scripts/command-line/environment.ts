// Where a run takes place: a deployed stack, or the emulator. The commands know only this.

import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';

export interface Environment {
  /** For people: `the emulator, seed 1` or `AWS eu-west-1`. */
  readonly title: string;
  readonly emulated: boolean;
  readonly region: string;
  readonly stateMachineArn: string;
  readonly bucketName: string;
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  /** Epoch milliseconds of this environment's own clock. */
  nowMs(): number;
  /** Waits on this environment's own clock. */
  sleep(durationMs: number): Promise<void>;
  /** Runs `work`, and lets the environment's time pass until it has settled. */
  drive<T>(work: () => Promise<T>): Promise<T>;
}
