// What stands behind the results: mechanisms, books, publishing, lanes, input and plan.

import { INPUT_FIELDS } from '../model/input-fields.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import { nameSetting } from './find-problems.ts';
import { ABSENT, formatCount, formatDecimal, formatMs, formatNoun, formatUsd } from './format-number.ts';
import { SETTING_COLUMNS } from './render-results.ts';
import { left, renderTable, right } from './render-table.ts';
import type { ReportJson, SettingReport } from './report-json.ts';

export function renderMechanisms({ settings }: ReportJson): string {
  return `Each service has its own way to a batch size. It is a maximum, not a target:

${renderTable(settings, [
  ...SETTING_COLUMNS,
  right('achieved', ({ achievedBatchSize }) => formatDecimal(achievedBatchSize, 1)),
  left('mechanism', ({ mechanism }) => mechanism),
  left('limit', ({ limit }) => limit ?? ABSENT),
])}`;
}

export function renderReconciliation({ settings, strays }: ReportJson): string {
  return `Two books were kept apart. Scheduled has to equal sent and given up, sent has to equal arrived and lost, and CloudWatch has to have counted the invocations whose request ids are in S3 (one that ended in an error may have left none):

${renderTable(settings, [
  ...SETTING_COLUMNS,
  right('scheduled', ({ scheduled }) => formatCount(scheduled)),
  right('given up', ({ gaveUp }) => formatCount(gaveUp)),
  right('sent', ({ sent }) => formatCount(sent)),
  right('arrived', ({ arrived }) => formatCount(arrived)),
  right('lost', ({ lost }) => formatCount(lost)),
  right('CloudWatch invocations', ({ invocations }) => formatCount(invocations)),
  right('errors', ({ errors }) => formatCount(errors)),
  right('throttles', ({ throttles }) => formatCount(throttles)),
  right('request ids in S3', ({ requestIds }) => formatCount(requestIds)),
  left('balances', ({ reconciliation }) =>
    reconciliation.publishBalances && reconciliation.arrivalsBalance && reconciliation.invocationsBalance
      ? 'yes'
      : 'NO',
  ),
])}

Besides these, the trials' folders hold ${formatNoun(strays.warmUp, 'line')} of warm-up, ${formatCount(strays.unfinished)} of trials that did not end, ${formatCount(strays.misplaced)} of trials elsewhere, ${formatCount(strays.unknown)} of unknown origin and ${formatCount(strays.unreadable)} that could not be read.${renderDrainTimeouts(settings)}`;
}

function renderDrainTimeouts(settings: readonly SettingReport[]): string {
  const timedOut = settings.filter(({ drainTimeouts }) => drainTimeouts > 0);
  if (timedOut.length === 0) return '';
  return ` The drain timed out for ${timedOut.map((setting) => nameSetting(setting)).join(', ')}; what arrived after that still counts here.`;
}

export function renderPublishing({ settings, input }: ReportJson): string {
  const lookups = settings.reduce((sum, { publish }) => sum + publish.endpointLookups, 0);
  const lookupMs = settings.reduce((sum, { publish }) => sum + publish.endpointLookupMs, 0);
  const lookupText =
    lookups === 0
      ? 'was not looked up in the measured ticks: it was known already'
      : `was looked up ${formatNoun(lookups, 'time')} in the measured ticks, ${formatMs(lookupMs / lookups)} ms on average`;
  return `${renderTable(settings, [
    ...SETTING_COLUMNS,
    right('messages per second', ({ publish }) => formatDecimal(publish.messagesPerSecond, 1)),
    right('calls', ({ publish }) => formatCount(publish.calls)),
    right('entries', ({ publish }) => formatCount(publish.entries)),
    right('entries sent again', ({ publish }) => formatCount(publish.retriedEntries)),
    right('bytes', ({ publish }) => formatCount(publish.bytes)),
    right('latest after its schedule (ms)', ({ publish }) => formatMs(publish.lateMsMax)),
  ])}

The queue's URL came from \`${input.endpointLookup}\` and ${lookupText}. Random facts came from ${renderFactSources(settings)}.`;
}

function renderFactSources(settings: readonly SettingReport[]): string {
  const sources = new Set(settings.flatMap(({ publish }) => publish.factSources));
  const titles = { shipped: 'the pool that ships with the generator', 'api-ninjas': 'the API Ninjas facts API' };
  return [...sources].map((source) => titles[source]).join(' and ') || 'nowhere, as nothing was published';
}

export function renderLanes({ lanes, unfinishedTrials }: ReportJson): string {
  const rows = lanes.map((lane) => ({
    service: SERVICE_TITLES[lane.service],
    end: lane.status,
    reason: lane.status === 'failed' ? `${lane.error}: ${lane.cause}` : '',
  }));
  const unfinished =
    unfinishedTrials.length === 0
      ? ''
      : `\n\nTrials without a result: ${unfinishedTrials.map((id) => `\`${id}\``).join(', ')}.`;
  return `${renderTable(rows, [
    left('lane', ({ service }) => service),
    left('ended', ({ end }) => end),
    left('because', ({ reason }) => reason),
  ])}${unfinished}`;
}

export function renderInput({ input, plan, settings, harness }: ReportJson): string {
  const costUsd = settings.reduce((sum, { cost }) => sum + cost.costUsd, harness.costUsd);
  const { estimate } = plan;
  return `Every field, defaults included:

${renderTable(INPUT_FIELDS, [
  left('field', ({ name }) => `\`${name}\``),
  left('value', ({ name }) => (input[name] === undefined ? 'none' : `\`${JSON.stringify(input[name])}\``)),
  left('meaning', ({ meaning }) => meaning),
])}

The plan expected USD ${formatUsd(estimate.costUsd)} in ${formatCount(estimate.durationSeconds)} s, with ${formatCount(estimate.historyEventsPerLane)} history events in the longest lane; the bill above comes to USD ${formatUsd(costUsd)}, the harness included.

${renderTable(plan.trials, [
  left('trial', ({ trialId }) => `\`${trialId}\``),
  right('messages', ({ messages }) => formatCount(messages)),
  right('window (s)', ({ windowSeconds }) => formatCount(windowSeconds)),
])}`;
}
