// How it was measured, and what the numbers do not say.

import type { ArrivalBasis } from '../model/arrival-instant.ts';
import { formatCount, formatNoun } from './format-number.ts';
import type { ReportJson } from './report-json.ts';

export function renderMethod(report: ReportJson): string {
  return [
    renderModelled(report),
    'A message is timed from the instant its schedule wanted it sent, not from when it was sent: a late generator makes latency longer, never shorter.',
    renderBases(report),
    renderNegatives(report),
    'A message that arrived more than once counts at its first arrival; the others are its duplicates.',
    'Repetitions of a setting are pooled: their messages make one distribution, their costs one bill.',
    'Percentiles are interpolated between the two nearest samples. None is given that too few samples support.',
    "Invocations, errors, throttles and duration are CloudWatch's sums over the whole minutes of a trial; no other trial of that service shares them.",
    "Lambda's own receives and deletes on a queue are not visible. They are counted as few as possible; if each brought a single message, SQS would cost up to $0.72 more per million messages in us-east-1.",
    `What a service costs by the hour is charged for the time of load only, at this run's rate: ${renderRate(report)}.`,
    'Cold starts within a trial are in it; the warm-up before it takes most of them. *Where the time goes* has them apart.',
  ]
    .filter((line) => line !== '')
    .map((line) => `- ${line}`)
    .join('\n');
}

function renderModelled({ environment }: ReportJson): string {
  if (!environment.emulated) return '';
  return 'This run was emulated: latencies and durations are drawn from published percentiles, or assumed where nobody published any, and how full a batch gets follows from them. They tell how settings compare under the model, not what your account would show. Firehose without a buffer is modelled to write an object for each record; AWS says only that it delivers within seconds, so that the S3 requests of that setting are the most they can be. Emulated services take a message at the instant at which the call returns, so that *acknowledged → accepted* is about 0 here; on AWS it is a little below.';
}

function renderBases({ settings, collection }: ReportJson): string {
  const sum = (basis: ArrivalBasis) => settings.reduce((total, { arrivalBases }) => total + arrivalBases[basis], 0);
  const clock =
    "A message has arrived when S3 had finished storing its object, as S3's own event tells to the millisecond";
  const fallback = sum('second') + sum('bounded-second') + sum('receipt');
  const events = collection.failure
    ? `S3's events could not all be collected (${collection.failure.error})`
    : `S3 sent ${formatNoun(collection.events, 'event')} of ${formatNoun(collection.objects, 'object')}`;
  if (fallback === 0) return `${clock}. ${events}; no message had to do without.`;
  return `${clock}. ${events}; **${formatNoun(fallback, 'message')}** had to do without. For these \`LastModified\` stands in, which has whole seconds: the middle of what is possible for ${formatCount(sum('second') + sum('bounded-second'))}, good to ±0.5 s, and the handler's start for ${formatCount(sum('receipt'))}, whose object was uploaded in parts, so that they arrived later than it says.`;
}

function renderNegatives({ settings }: ReportJson): string {
  const delivery = settings.reduce((sum, { negative }) => sum + negative.delivery, 0);
  const arrival = settings.reduce((sum, { negative }) => sum + negative.arrival, 0);
  if (delivery + arrival === 0) return 'No delivery and no arrival latency came out below zero.';
  return `${formatCount(delivery)} delivery and ${formatCount(arrival)} arrival latencies came out below zero, because clocks disagree. They are counted in as they are.`;
}

function renderRate({ input }: ReportJson): string {
  return `${formatCount(input.messagesPerTick)} messages every ${formatCount(input.tickSeconds)} s`;
}
