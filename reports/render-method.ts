// How it was measured, and what the numbers do not say.

import { formatCount } from './format-number.ts';
import type { ReportJson } from './report-json.ts';

export function renderMethod(report: ReportJson): string {
  return [
    renderModelled(report),
    'A message is timed from the instant its schedule wanted it sent, not from when it was sent: a late generator makes latency longer, never shorter.',
    `S3 shows when an object was last modified to the second. The arrival is taken in the middle of what is possible, so it is good to **±0.5 s**; compare delivery latencies where less than a second matters. ${renderBases(report)}`,
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
  return 'This run was emulated: every latency above is drawn from published percentiles, or assumed where nobody published any. They tell how settings compare under the model, not what your account would show.';
}

function renderBases({ settings }: ReportJson): string {
  const sum = (basis: 'second' | 'bounded-second' | 'receipt') =>
    settings.reduce((total, { arrivalBases }) => total + arrivalBases[basis], 0);
  const rest = `Of the lines, ${formatCount(sum('second'))} rest on that second alone, ${formatCount(sum('bounded-second'))} are bounded by their receipt as well`;
  const receipt = sum('receipt');
  if (receipt === 0) return `${rest}.`;
  return `${rest}, and ${formatCount(receipt)} were received after it: Firehose had begun to upload the object in parts, and S3 shows the beginning. For these the receipt stands in, so they arrived later than it says.`;
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
