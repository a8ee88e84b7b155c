// Kinds of fields that states have.

import { z } from 'zod';
import type { JsonObject, JsonValue } from '../expressions/json-value.ts';
import { isExpressionText } from '../expressions/template.ts';

/** Anything JSON, with expressions anywhere inside; what comes here was parsed from JSON text. */
export const template = z.custom<JsonValue>((value) => value !== undefined);
export const templateObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);
export const expression = z.custom<string>(isExpressionText, 'must be an expression in {% and %}');
export const integerOrExpression = (minimum: number, maximum: number) =>
  z.union(
    [z.int().min(minimum).max(maximum), expression],
    `must be an integer from ${minimum} to ${maximum} or an expression`,
  );
