// Kinds of property values. CloudFormation takes numbers and booleans as text too, since parameters are text.

import { z } from 'zod';

export const integerProperty = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

export const booleanProperty = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/**
 * A property that AWS acts on and that changes nothing of what a run measures, so that the emulator takes it and does
 * nothing. `reason` says why that is so.
 */
export function withoutEffect(reason: string) {
  return z.unknown().optional().describe(reason);
}

/** The reason, where the schema is of such a property. */
export function findReasonWithoutEffect(schema: z.core.$ZodType): string | undefined {
  return z.globalRegistry.get(schema)?.description;
}

export const tagsProperty = withoutEffect('tags change nothing but bills');

/**
 * A property of which one value is modelled. Any other is refused by name, though AWS would take it.
 */
export function onlyValue(modelled: string | number | boolean) {
  return z.unknown().superRefine((value, context) => {
    // As text, since CloudFormation takes numbers and booleans as text too.
    if (String(value) === String(modelled)) return;
    context.addIssue({ code: 'custom', message: `value ${JSON.stringify(value)}`, params: { notModelled: true } });
  });
}
