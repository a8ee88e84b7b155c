// What stands behind the results: mechanisms, publishing, lanes, input and plan.

import { INPUT_FIELDS } from '../model/input-fields.ts';
import { SERVICE_TITLES } from '../model/service.ts';
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
      : `\n\nTrials that no figure has, as they left no result or could not be counted: ${unfinishedTrials.map((id) => `\`${id}\``).join(', ')}.`;
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
