// Reports that differ in what a test wants them to.

import { computeReport } from '../compute-report.ts';
import { createReportFacts } from '../report-facts.fixture.ts';
import type { ReportJson, SettingReport } from '../report-json.ts';
import { isSameSetting, type SettingId } from '../setting-id.ts';

/** Of the default run: twelve settings, all good. */
export function createReport(change: Partial<ReportJson> = {}): ReportJson {
  return { ...computeReport(createReportFacts()), ...change };
}

/** A bill without positions; without `perMillionUsd` one of a setting in which nothing arrived. */
export function createCost(perMillionUsd?: number): SettingReport['cost'] {
  return {
    items: [],
    costUsd: 1,
    afterFreeTierUsd: 1,
    trials: [],
    estimate: { costUsd: 1, invocations: 1 },
    ...(perMillionUsd !== undefined && { perMillionUsd }),
  };
}

export type SettingChange = Partial<SettingReport>;

/** Replaces parts of one setting. */
export function changeSetting(
  report: ReportJson,
  id: SettingId,
  change: SettingChange | ((setting: SettingReport) => SettingChange),
): ReportJson {
  const settings = report.settings.map((setting) => {
    if (!isSameSetting(setting, id)) return setting;
    return { ...setting, ...(typeof change === 'function' ? change(setting) : change) };
  });
  return { ...report, settings };
}

/** Replaces quantiles of arrival. */
export function withArrivalMs(
  quantilesMs: SettingReport['arrival']['quantilesMs'],
): (setting: SettingReport) => Pick<SettingReport, 'arrival'> {
  return ({ arrival }) => ({ arrival: { ...arrival, quantilesMs } });
}

export function leaveOut(report: ReportJson, id: SettingId): ReportJson {
  return { ...report, settings: report.settings.filter((setting) => !isSameSetting(setting, id)) };
}
