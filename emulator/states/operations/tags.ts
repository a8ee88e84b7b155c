import { z } from 'zod';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_Tag.html */
export const tagListSchema = z
  .array(z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256).default('') }))
  .max(50);
