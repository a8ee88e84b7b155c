// What tells the settings of a run apart.

import type { Service } from '../model/service.ts';

export interface SettingId {
  readonly service: Service;
  readonly batchSize: number;
}

/** Leaves out whatever else the setting has. */
export function toSettingId({ service, batchSize }: SettingId): SettingId {
  return { service, batchSize };
}

export function isSameSetting(a: SettingId, b: SettingId): boolean {
  return a.service === b.service && a.batchSize === b.batchSize;
}
