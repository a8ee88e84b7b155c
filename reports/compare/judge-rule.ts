// Whether a metric got worse by more than a rule lets pass.

import type { ReportJson } from '../report-json.ts';
import { isSameSetting, type SettingId, toSettingId } from '../setting-id.ts';
import type {
  MetricChange,
  PlacedChange,
  Rule,
  RuleOutcome,
  SettingComparison,
  UnjudgedSetting,
} from './comparison-json.ts';
import { listChanges } from './list-changes.ts';
import { METRICS } from './metrics.ts';

/** Of either value: what floating point may be off by, so that 1.1 is 10 % more than 1 and no more. */
const TOLERANCE = 1e-9;

/**
 * What cannot be judged is not held: a run whose books do not balance, a value that a report has not got, a setting that both runs planned and
 * one did not finish, or no setting in both. A setting that one run did not even plan is none of the rule's business.
 */
export function judgeRule(
  rule: Rule,
  settings: readonly SettingComparison[],
  { before, after }: { readonly before: ReportJson; readonly after: ReportJson },
): RuleOutcome {
  const reason = explainInvalidity(before, after);
  if (reason !== undefined) {
    const unjudged = settings.map((setting) => ({ ...toSettingId(setting), reason }));
    return { ...rule, state: 'unjudged', crossed: [], unjudged, judged: 0 };
  }
  const crossed: PlacedChange[] = [];
  const unjudged = findUnfinished(before, after);
  let judged = 0;
  for (const change of listChanges(settings, rule.metric)) {
    const isCrossed = judgeChange(rule, change);
    if (isCrossed === undefined) unjudged.push({ ...toSettingId(change), reason: explainGap(change) });
    else judged += 1;
    if (isCrossed) crossed.push(change);
  }
  return { ...rule, state: computeState(crossed.length, unjudged.length, judged), crossed, unjudged, judged };
}

function explainInvalidity(before: ReportJson, after: ReportJson): string | undefined {
  const sides = [
    ...(before.verdict === 'invalid' ? ['before'] : []),
    ...(after.verdict === 'invalid' ? ['after'] : []),
  ];
  return sides.length === 0 ? undefined : `the books of the run ${sides.join(' and of that ')} do not balance`;
}

function computeState(crossed: number, unjudged: number, judged: number): RuleOutcome['state'] {
  if (crossed > 0) return 'crossed';
  return unjudged > 0 || judged === 0 ? 'unjudged' : 'held';
}

/** Undefined where a value is missing. */
export function judgeChange(
  rule: Rule,
  { before, after }: Pick<MetricChange, 'before' | 'after'>,
): boolean | undefined {
  if (before === undefined || after === undefined) return undefined;
  const worsening = METRICS[rule.metric].worse === 'higher' ? after - before : before - after;
  const margin = rule.marginOf === 'share' ? rule.margin * Math.abs(before) : rule.margin;
  const tolerance = TOLERANCE * Math.max(Math.abs(before), Math.abs(after));
  // Else `>=10%` of nothing would be reached by nothing.
  if (worsening <= tolerance) return false;
  return rule.comparator === '>' ? worsening > margin + tolerance : worsening >= margin - tolerance;
}

/** Settings that both runs planned, and that one of them or both have not got. */
function findUnfinished(before: ReportJson, after: ReportJson): UnjudgedSetting[] {
  const isIn = (list: readonly SettingId[], setting: SettingId) => list.some((each) => isSameSetting(each, setting));
  const planned = before.plan.trials.filter(
    (trial, index, trials) => isIn(after.plan.trials, trial) && !isIn(trials.slice(0, index), trial),
  );
  return planned.flatMap((setting) => {
    const sides = [
      ...(isIn(before.settings, setting) ? [] : ['before']),
      ...(isIn(after.settings, setting) ? [] : ['after']),
    ];
    if (sides.length === 0) return [];
    const reason = `planned by both runs, it has no result in the one ${sides.join(' and in the one ')}`;
    return [{ ...toSettingId(setting), reason }];
  });
}

function explainGap({ metric, before, after }: MetricChange): string {
  const sides = [...(before === undefined ? ['before'] : []), ...(after === undefined ? ['after'] : [])];
  return `too few messages arrived for a ${metric} ${sides.join(' and ')}`;
}
