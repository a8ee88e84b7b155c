// Where a role or policy stands within the account: part of its ARN.

import { z } from 'zod';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names */
export const pathProperty = z
  .string()
  .max(512)
  .regex(/^\/([!-~]+\/)?$/, 'must begin and end with a slash');
