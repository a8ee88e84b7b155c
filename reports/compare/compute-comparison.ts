// From two reports to what changed between them.

import type { ReportJson, SettingReport } from '../report-json.ts';
import { isSameSetting, type SettingId, toSettingId } from '../setting-id.ts';
import {
  COMPARISON_SCHEMA_VERSION,
  type ComparedRun,
  type MetricChange,
  type Rule,
  type RunComparison,
  type SettingComparison,
} from './comparison-json.ts';
import { findDifferences } from './find-differences.ts';
import { judgeRule } from './judge-rule.ts';
import { METRIC_NAMES, METRICS, type MetricName } from './metrics.ts';
import { compareIntervals } from './read-interval.ts';

/** Nothing in it depends on when or where it is made. */
export function computeComparison(before: ReportJson, after: ReportJson, rules: readonly Rule[]): RunComparison {
  const settings = before.settings.flatMap((setting) => {
    const now = findSetting(after, setting);
    return now ? [compareSettings(setting, now)] : [];
  });
  const outcomes = rules.map((rule) => judgeRule(rule, settings, { before, after }));
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    before: describeRun(before),
    after: describeRun(after),
    ...findDifferences(before, after),
    settings,
    onlyBefore: before.settings.filter((setting) => !findSetting(after, setting)).map(toSettingId),
    onlyAfter: after.settings.filter((setting) => !findSetting(before, setting)).map(toSettingId),
    rules: outcomes,
    verdict: outcomes.every(({ state }) => state === 'held') ? 'good' : 'failed',
  };
}

function findSetting({ settings }: ReportJson, id: SettingId): SettingReport | undefined {
  return settings.find((setting) => isSameSetting(setting, id));
}

function describeRun({ runId, startedAt, environment, verdict, input: { label } }: ReportJson): ComparedRun {
  return { runId, startedAt, environment, verdict, ...(label !== undefined && { label }) };
}

function compareSettings(before: SettingReport, after: SettingReport): SettingComparison {
  return { ...toSettingId(before), metrics: METRIC_NAMES.map((metric) => compareMetric(metric, before, after)) };
}

function compareMetric(metric: MetricName, settingBefore: SettingReport, settingAfter: SettingReport): MetricChange {
  const before = METRICS[metric].read(settingBefore);
  const after = METRICS[metric].read(settingAfter);
  return {
    metric,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && after !== undefined && computeChange(metric, before, after)),
    intervals: compareIntervals(settingBefore, settingAfter, metric),
  };
}

function computeChange(
  metric: MetricName,
  before: number,
  after: number,
): Pick<MetricChange, 'change' | 'changeShare' | 'trend'> {
  const change = after - before;
  const isHigherWorse = METRICS[metric].worse === 'higher';
  return {
    change,
    ...(before !== 0 && { changeShare: change / Math.abs(before) }),
    trend: change === 0 ? 'same' : change > 0 === isHigherWorse ? 'worse' : 'better',
  };
}
