// A comparison in sentences.

import { nameSetting } from '../find-problems.ts';
import { formatCount, formatNoun } from '../format-number.ts';
import type {
  ComparedRun,
  MetricChange,
  PlacedChange,
  RuleOutcome,
  RunComparison,
  SettingComparison,
} from './comparison-json.ts';
import { listChanges } from './list-changes.ts';
import { METRICS, type MetricName } from './metrics.ts';
import { formatChange, formatValues } from './render-changes.ts';

/** The metrics that a verdict in words is given of. */
const TOLD_METRICS: readonly MetricName[] = ['costPerMillionUsd', 'p50ArrivalMs', 'p99ArrivalMs', 'lostMessages'];

/** `seed-1-3ef9b332: emulated, seed 1, us-east-1, 2026-01-01T00:00:00.000Z, good`. */
export function describeRun({ runId, environment, startedAt, verdict, label }: ComparedRun): string {
  const where = environment.emulated ? `emulated, seed ${environment.seed}` : `AWS account ${environment.accountId}`;
  const title = label ? ` “${label.replaceAll(/\s+/g, ' ')}”` : '';
  return `${runId}${title}: ${where}, ${environment.region}, started ${startedAt}, ${verdict}`;
}

/** A sentence for each metric that says most: at how many settings it got better or worse, and where most. */
export function describeTrends(settings: readonly SettingComparison[]): string[] {
  return TOLD_METRICS.flatMap((name) => {
    const changes = listChanges(settings, name).filter(({ trend }) => trend !== undefined);
    return changes.length === 0 ? [] : [describeTrend(name, changes)];
  });
}

function describeTrend(name: MetricName, changes: readonly PlacedChange[]): string {
  const { title } = METRICS[name];
  const of = (trend: MetricChange['trend']) => changes.filter((change) => change.trend === trend);
  const parts = [
    { verdict: 'better', count: of('better').length },
    { verdict: 'worse', count: of('worse').length },
    { verdict: 'unchanged', count: of('same').length },
  ];
  const counts = parts
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${verdict} at ${formatCount(count)}`);
  const apart = changes.filter(({ intervals }) => intervals.state === 'apart').length;
  const intervals = apart > 0 ? `, with intervals that do not overlap at ${formatCount(apart)}` : '';
  const worst = of('worse').toSorted((a, b) => rank(b) - rank(a))[0];
  const example = worst ? `; the worst is ${nameSetting(worst)}, ${formatMovement(worst)}` : '';
  return `${title}: ${counts.join(', ')} of ${formatNoun(changes.length, 'setting')}${intervals}${example}.`;
}

/** From nothing to something is more than any share. */
function rank({ change = 0, changeShare }: MetricChange): number {
  return changeShare === undefined ? Number.MAX_SAFE_INTEGER + change : Math.abs(changeShare);
}

const INTERVALS = { overlap: ', the intervals overlap', apart: ', the intervals do not overlap', none: '' };

function formatMovement(change: MetricChange): string {
  const withoutMark = formatChange({ ...change, intervals: { state: 'none' } });
  return `${formatValues(change)} (${withoutMark}${INTERVALS[change.intervals.state]})`;
}

/** What a rule came to, a sentence or two. The rule itself is set as code. */
export function describeRule({ text, state, crossed, unjudged, judged }: RuleOutcome): string[] {
  const rule = `\`${text}\``;
  if (state === 'held') return [`${rule} holds at ${formatNoun(judged, 'setting')}.`];
  if (judged === 0 && unjudged.length === 0) return [`${rule} cannot be judged: no setting is in both reports.`];
  const crossings = crossed.map((change) => `${nameSetting(change)}, ${formatMovement(change)}`);
  return [
    ...(crossed.length > 0
      ? [
          `${rule} is crossed at ${formatCount(crossed.length)} of ${formatNoun(judged, 'setting')}: ${crossings.join('; ')}.`,
        ]
      : []),
    ...(unjudged.length > 0
      ? [
          `${rule} cannot be judged at ${formatNoun(unjudged.length, 'setting')}, which is not a pass: ${explainGaps(unjudged)}.`,
        ]
      : []),
  ];
}

/** Each reason once, with its settings. */
function explainGaps(unjudged: RuleOutcome['unjudged']): string {
  return [...Map.groupBy(unjudged, ({ reason }) => reason)]
    .map(([reason, settings]) => `${reason} (${settings.map(nameSetting).join(', ')})`)
    .join('; ');
}

/** Which settings only one of the reports has. */
export function describeOnlyInOne({ onlyBefore, onlyAfter }: RunComparison): string[] {
  return [
    ...(onlyBefore.length > 0 ? [`Only before: ${onlyBefore.map(nameSetting).join(', ')}.`] : []),
    ...(onlyAfter.length > 0 ? [`Only after: ${onlyAfter.map(nameSetting).join(', ')}.`] : []),
  ];
}
