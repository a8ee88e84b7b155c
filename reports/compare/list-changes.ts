// One metric's changes, out of every setting's.

import { toSettingId } from '../setting-id.ts';
import type { PlacedChange, SettingComparison } from './comparison-json.ts';
import type { MetricName } from './metrics.ts';

/** In the order of the settings. */
export function listChanges(settings: readonly SettingComparison[], metric: MetricName): PlacedChange[] {
  return settings.flatMap((setting) =>
    setting.metrics
      .filter((change) => change.metric === metric)
      .map((change) => ({ ...toSettingId(setting), ...change })),
  );
}
