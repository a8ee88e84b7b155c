// Settings of CreateStateMachine and UpdateStateMachine of which one value is modelled.

import { z } from 'zod';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export const machineSettings = {
  publish: z.boolean().optional(),
  loggingConfiguration: z
    .object({ level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).default('OFF') })
    .loose()
    .optional(),
  tracingConfiguration: z.strictObject({ enabled: z.boolean().default(false) }).optional(),
  encryptionConfiguration: z
    .object({ type: z.enum(['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY']) })
    .loose()
    .optional(),
};

export type MachineSettings = z.output<z.ZodObject<typeof machineSettings>>;

/** @throws {UnsupportedFeatureError} */
export function refuseUnsupportedSettings(operation: string, settings: MachineSettings): void {
  const { publish, loggingConfiguration: logging, tracingConfiguration: tracing } = settings;
  if (publish) throw new UnsupportedFeatureError(operation, 'parameter publish');
  if (logging && logging.level !== 'OFF') {
    throw new UnsupportedFeatureError(operation, `loggingConfiguration.level ${logging.level}`);
  }
  if (tracing?.enabled) throw new UnsupportedFeatureError(operation, 'tracingConfiguration.enabled');
  if (settings.encryptionConfiguration?.type === 'CUSTOMER_MANAGED_KMS_KEY') {
    throw new UnsupportedFeatureError(operation, 'encryptionConfiguration.type CUSTOMER_MANAGED_KMS_KEY');
  }
}
