// What is compared of a setting. The names are those of the command's --fail-on, and the input's thresholds where there is one.

import type { Probability } from '../../model/latency-counts.ts';
import { formatCount, formatDecimal, formatMs, formatUsdPerMillion } from '../format-number.ts';
import type { SettingReport } from '../report-json.ts';

export interface Metric {
  /** A table's heading, with the unit. */
  readonly title: string;
  /** For --help and README, with the unit. */
  readonly meaning: string;
  /** Which way it gets worse. */
  readonly worse: 'higher' | 'lower';
  /** How a change is told: small counts have no percentage worth reading. */
  readonly changeIn: 'percent' | 'unit';
  /** Undefined where the setting has too few samples, or none. */
  read(setting: SettingReport): number | undefined;
  format(value: number | undefined): string;
}

/** The order is that of every list. */
export const METRIC_NAMES = [
  'costPerMillionUsd',
  'p50ArrivalMs',
  'p90ArrivalMs',
  'p99ArrivalMs',
  'p99_9ArrivalMs',
  'p50DeliveryMs',
  'p90DeliveryMs',
  'p99DeliveryMs',
  'p99_9DeliveryMs',
  'achievedBatchSize',
  'invocationsPer1000Messages',
  'lostMessages',
  'duplicateMessages',
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

export const METRICS: Readonly<Record<MetricName, Metric>> = {
  costPerMillionUsd: {
    title: '$ per million',
    meaning: 'cost of a million messages, USD',
    worse: 'higher',
    changeIn: 'percent',
    read: ({ cost }) => cost.perMillionUsd,
    format: formatUsdPerMillion,
  },
  p50ArrivalMs: describeLatency('arrival', 0.5),
  p90ArrivalMs: describeLatency('arrival', 0.9),
  p99ArrivalMs: describeLatency('arrival', 0.99),
  p99_9ArrivalMs: describeLatency('arrival', 0.999),
  p50DeliveryMs: describeLatency('delivery', 0.5),
  p90DeliveryMs: describeLatency('delivery', 0.9),
  p99DeliveryMs: describeLatency('delivery', 0.99),
  p99_9DeliveryMs: describeLatency('delivery', 0.999),
  achievedBatchSize: {
    title: 'achieved',
    meaning: 'messages per consumer invocation; lower is worse',
    worse: 'lower',
    changeIn: 'percent',
    read: ({ achievedBatchSize }) => achievedBatchSize,
    format: (value) => formatDecimal(value, 1),
  },
  invocationsPer1000Messages: {
    title: 'invocations per 1,000',
    meaning: 'consumer invocations per 1,000 messages that arrived',
    worse: 'higher',
    changeIn: 'percent',
    read: ({ invocations, arrived }) => (arrived === 0 ? undefined : (invocations * 1000) / arrived),
    format: (value) => formatDecimal(value, 1),
  },
  lostMessages: describeCount('lost', 'messages sent that are not in S3', ({ lost }) => lost),
  duplicateMessages: describeCount(
    'duplicates',
    'messages in S3 once more than needed',
    ({ duplicates }) => duplicates,
  ),
};

function describeLatency(latency: 'arrival' | 'delivery', probability: Probability): Metric {
  const percentile = `p${formatDecimal(probability * 100, 1)}`;
  const end = latency === 'arrival' ? 'to its being in S3' : "to its handler's start";
  return {
    title: `${latency} ${percentile} (ms)`,
    meaning: `${percentile} from a message's schedule ${end}, ms`,
    worse: 'higher',
    changeIn: 'percent',
    read: (setting) => setting[latency].quantilesMs[probability],
    format: formatMs,
  };
}

function describeCount(title: string, meaning: string, read: (setting: SettingReport) => number): Metric {
  return {
    title,
    meaning,
    worse: 'higher',
    changeIn: 'unit',
    read,
    format: (value) => (value === undefined ? '' : formatCount(value)),
  };
}
