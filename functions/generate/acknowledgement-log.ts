// Notes down when publish calls returned, and stores that for the report: a message cannot carry the instant itself, as it is gone by then.

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Acknowledgements } from '../../model/acknowledgements.ts';
import { computeAcknowledgementsKey } from '../../model/keys.ts';
import type { ScheduledEntry } from '../../model/schedule.ts';

export interface AcknowledgementLog {
  note(entries: readonly ScheduledEntry[], acknowledgedAtMs: number): void;
  readonly acknowledgements: Acknowledgements;
}

export type StoreAcknowledgements = (
  tick: { readonly runId: string; readonly trial: { readonly trialId: string }; readonly tick: number },
  acknowledgements: Acknowledgements,
) => Promise<void>;

/** `startMs` is the first tick's instant. */
export function createAcknowledgementLog(startMs: number): AcknowledgementLog {
  const sequences: number[] = [];
  const acknowledgedAfterMs: number[] = [];
  return {
    note(entries, acknowledgedAtMs) {
      for (const { sequence } of entries.flatMap(({ messages }) => messages)) {
        sequences.push(sequence);
        acknowledgedAfterMs.push(acknowledgedAtMs - startMs);
      }
    },
    acknowledgements: { startMs, sequences, acknowledgedAfterMs },
  };
}

export function createStoreAcknowledgements(s3: S3Client, bucketName: string): StoreAcknowledgements {
  return async ({ runId, trial, tick }, acknowledgements) => {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucketName,
        Key: computeAcknowledgementsKey(runId, trial.trialId, tick),
        ContentType: 'application/json',
        Body: JSON.stringify(acknowledgements),
      }),
    );
  };
}
