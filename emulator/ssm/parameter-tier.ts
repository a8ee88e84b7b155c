// Standard and advanced parameters: how large their values may be.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html

import { AwsError } from '../kernel/errors.ts';
import type { Parameter, ParameterTier } from './parameter.ts';

export const ASKED_TIERS = ['Standard', 'Advanced', 'Intelligent-Tiering'] as const;

export type AskedTier = (typeof ASKED_TIERS)[number];

const VALUE_BYTES_MAX: Readonly<Record<ParameterTier, number>> = { Standard: 4096, Advanced: 8192 };

/** A parameter stays advanced once it is. @throws {AwsError} `ValidationException`. */
export function resolveTier(
  asked: AskedTier | undefined,
  value: string,
  existing: Parameter | undefined,
): ParameterTier {
  const bytes = Buffer.byteLength(value);
  const isLarge = bytes > VALUE_BYTES_MAX.Standard || existing?.tier === 'Advanced';
  const tier =
    asked === 'Intelligent-Tiering' ? (isLarge ? 'Advanced' : 'Standard') : (asked ?? existing?.tier ?? 'Standard');
  if (tier === 'Standard' && existing?.tier === 'Advanced') {
    throw new AwsError(
      'ValidationException',
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter. Be aware that standard parameters have a value limit of 4096 characters.",
    );
  }
  if (bytes <= VALUE_BYTES_MAX[tier]) return tier;
  throw new AwsError(
    'ValidationException',
    tier === 'Standard'
      ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
      : 'The specified parameter value is too large. Advanced-tier parameters support a maximum parameter value of 8192 characters.',
  );
}
