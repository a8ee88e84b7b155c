// Every operation takes a stream by name or by ARN.

import { z } from 'zod';

export const streamReference = { StreamName: z.string().optional(), StreamARN: z.string().optional() };

export interface StreamReference {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}
