// Firehose's transform: changes messages as the other lanes' consumer does. Firehose stores what it returns in S3.

import type { Context, FirehoseTransformationEvent, FirehoseTransformationResult } from 'aws-lambda';
import { beginInvocation } from '../begin-invocation.ts';
import { transform } from './transform.ts';

export async function handler(
  event: FirehoseTransformationEvent,
  context: Context,
): Promise<FirehoseTransformationResult> {
  return transform(event, beginInvocation(context));
}
