// Where the time goes, hop by hop, and what cold starts take of it.

import type { Hop, Instant } from '../model/hop.ts';
import { INSTANTS } from '../model/hop.ts';
import { ABSENT, formatCount, formatMs, formatNoun } from './format-number.ts';
import { SETTING_COLUMNS } from './render-results.ts';
import { renderTable, right } from './render-table.ts';
import type { HopReport, SettingReport } from './report-json.ts';

export function renderHops(settings: readonly SettingReport[]): string {
  if (settings.length === 0) return 'No trial ended, so no time was spent.';
  return `${renderHopTimes(settings)}\n\n${renderColdStarts(settings)}`;
}

function renderHopTimes(settings: readonly SettingReport[]): string {
  const hops = listHops(settings);
  if (hops.length === 0) return 'No message tells the instants that it passed.';
  return `From instant to instant in milliseconds, p50 / p99. *Scheduled* is when a message was to be sent, *acknowledged* when its publish call had returned, *accepted* when the service says that it took the message, *received* when the handler started, *arrived* when it was in S3. A dash stands for a hop that the service does not tell or tells in two parts, and for a percentile that too few messages support. The percentiles of hops do not add up to those of the whole way: one message is slow here, another there.

${renderTable(settings, [
  ...SETTING_COLUMNS,
  ...hops.map((hop) => right<SettingReport>(`${hop.from} → ${hop.to}`, (setting) => formatHop(findHop(setting, hop)))),
])}

${renderNegative(settings)}${renderUnacknowledged(settings)}`;
}

/** All that some setting has, in the order that a message makes them. */
function listHops(settings: readonly SettingReport[]): Hop[] {
  const byName = new Map(settings.flatMap(({ hops }) => hops.map((hop) => [`${hop.from} → ${hop.to}`, hop])));
  const place = (instant: Instant) => INSTANTS.indexOf(instant);
  return [...byName.values()].sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
}

function findHop({ hops }: SettingReport, { from, to }: Hop): HopReport | undefined {
  return hops.find((hop) => hop.from === from && hop.to === to);
}

/** `12 / 48`, and `-3 / 2, 290 negative`. */
function formatHop(hop: HopReport | undefined): string {
  if (!hop || hop.latency.count === 0) return ABSENT;
  const { quantilesMs } = hop.latency;
  const times = `${formatMs(quantilesMs[0.5])} / ${formatMs(quantilesMs[0.99])}`;
  return hop.negative === 0 ? times : `${times}, ${formatCount(hop.negative)} negative`;
}

function renderNegative(settings: readonly SettingReport[]): string {
  const negative = settings.flatMap(({ hops }) => hops).reduce((sum, hop) => sum + hop.negative, 0);
  if (negative === 0) return 'No hop came out negative.';
  return `Of all hops ${formatCount(negative)} came out negative, and are counted in as they are. That is no error in itself: a service takes a message before the publish call has returned, the handler may even have started by then, and the instants come from clocks of different machines.`;
}

/** The generator stores a tick's acknowledgements when the tick is published, and goes on where that fails. */
function renderUnacknowledged(settings: readonly SettingReport[]): string {
  const missing = settings.reduce((sum, { sent, hops }) => {
    const [first] = hops.filter(({ to }) => to === 'acknowledged');
    return first ? sum + Math.max(0, sent - first.latency.count) : sum;
  }, 0);
  if (missing === 0) return '';
  return ` Of ${formatNoun(missing, 'message')} the acknowledgement could not be stored: they are missing from the hops before and after it.`;
}

function renderColdStarts(settings: readonly SettingReport[]): string {
  const cold = settings.filter(({ coldStarts }) => coldStarts.invocations > 0);
  if (cold.length === 0) return 'No invocation was a cold start: the warm-up before each trial took them all.';
  const others = cold.length === settings.length ? '' : ' Settings that are not in the table had none.';
  return `Cold starts are in all figures, and here apart: delivery in milliseconds of the messages that a cold start handled, and of all messages of the setting.${others}

${renderTable(cold, [
  ...SETTING_COLUMNS,
  right('cold starts', ({ coldStarts }) => formatCount(coldStarts.invocations)),
  right('mean initialisation (ms)', ({ coldStarts }) => formatMs(coldStarts.initMsMean)),
  right('their messages', ({ coldStarts }) => formatCount(coldStarts.delivery.count)),
  right('p50', ({ coldStarts }) => formatMs(coldStarts.delivery.quantilesMs[0.5])),
  right('p99', ({ coldStarts }) => formatMs(coldStarts.delivery.quantilesMs[0.99])),
  right('max', ({ coldStarts }) => formatMs(coldStarts.delivery.maxMs)),
  right('all: p50', ({ delivery }) => formatMs(delivery.quantilesMs[0.5])),
  right('p99', ({ delivery }) => formatMs(delivery.quantilesMs[0.99])),
  right('max', ({ delivery }) => formatMs(delivery.maxMs)),
])}`;
}
