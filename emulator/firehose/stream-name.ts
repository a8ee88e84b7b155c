import { z } from 'zod';

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html */
export const streamName = z
  .string()
  .max(64)
  .regex(/^[\w.-]+$/);
