// Parameters that several operations take.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html

import { z } from 'zod';
import { DEFAULT_BUS_NAME } from './rule-metrics.ts';

export const ruleName = z
  .string()
  .max(64)
  .regex(/^[.\-_A-Za-z0-9]+$/);

export const busName = z
  .string()
  .max(256)
  .regex(/^[/.\-_A-Za-z0-9]+$/);

export const busNameOrArn = z.string().min(1).max(1600).default(DEFAULT_BUS_NAME);

export const description = z.string().max(512).optional();
