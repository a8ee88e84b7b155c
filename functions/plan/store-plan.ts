// The plan in the bucket, where Report reads it.

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Plan } from '../../model/trial.ts';

export async function storePlan(s3: S3Client, bucketName: string, plan: Plan): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: `plans/run=${plan.runId}.json`,
      ContentType: 'application/json',
      Body: JSON.stringify(plan),
    }),
  );
}
