// What Lambda itself logs of an execution environment and of its invocations, in both formats.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html#monitoring-cloudwatchlogs-logformat
// https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html

import type { InvocationRecord } from '../invocation.ts';
import { toIso } from './application-line.ts';
import type { SystemLogLevel } from './logging-config.ts';

/** Of Lambda's Node.js 24; the ARN is made up. */
const RUNTIME_VERSION = 'nodejs:24.v1';
const RUNTIME_HASH = '0'.repeat(64);

/** An initialisation that came to nothing. */
export interface InitFailure {
  readonly status: 'error' | 'timeout';
  readonly errorType?: string | undefined;
  readonly durationMs: number;
}

export interface InvocationEnd {
  readonly record: InvocationRecord;
  /** 0 when warm, or when its failure was told of. */
  readonly initMs: number;
  /** The error that it ended with, by its type. */
  readonly errorType: string | undefined;
  /** Whether the environment's process ended with it. */
  readonly hasCrashed: boolean;
  readonly maxMemoryUsedMb: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html: which event has which level. */
export function chooseEndLevel(
  type: 'platform.runtimeDone' | 'platform.report',
  { outcome }: InvocationRecord,
): SystemLogLevel {
  if (outcome !== 'succeeded') return 'WARN';
  return type === 'platform.report' ? 'INFO' : 'DEBUG';
}

export const JSON_LINES = {
  initStart: (timeMs: number, region: string) =>
    renderJson(timeMs, 'platform.initStart', {
      initializationType: 'on-demand',
      phase: 'init',
      runtimeVersion: RUNTIME_VERSION,
      runtimeVersionArn: computeRuntimeArn(region),
    }),
  initReport: (timeMs: number, { status, errorType, durationMs }: InitFailure) =>
    renderJson(timeMs, 'platform.initReport', {
      initializationType: 'on-demand',
      phase: 'init',
      status,
      ...(errorType !== undefined && { errorType }),
      metrics: { durationMs: roundTo(durationMs, 3) },
    }),
  start: (timeMs: number, requestId: string) => renderJson(timeMs, 'platform.start', { requestId, version: '$LATEST' }),
  runtimeDone: (timeMs: number, { record, errorType }: InvocationEnd) =>
    renderJson(timeMs, 'platform.runtimeDone', {
      requestId: record.requestId,
      status: chooseStatus(record),
      ...(errorType !== undefined && { errorType }),
      metrics: { durationMs: roundTo(record.durationMs, 3) },
    }),
  report: (timeMs: number, { record, errorType, initMs, maxMemoryUsedMb }: InvocationEnd) =>
    renderJson(timeMs, 'platform.report', {
      requestId: record.requestId,
      metrics: {
        durationMs: roundTo(record.durationMs, 3),
        billedDurationMs: record.billedMs,
        memorySizeMB: record.memorySizeMb,
        maxMemoryUsedMB: maxMemoryUsedMb,
        ...(initMs > 0 && { initDurationMs: roundTo(initMs, 3) }),
      },
      status: chooseStatus(record),
      ...(errorType !== undefined && { errorType }),
    }),
} as const;

export const TEXT_LINES = {
  initStart: (region: string) =>
    `INIT_START Runtime Version: ${RUNTIME_VERSION}\tRuntime Version ARN: ${computeRuntimeArn(region)}\n`,
  initReport: ({ status, errorType, durationMs }: InitFailure) =>
    [
      `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms`,
      'Phase: init',
      `Status: ${status}`,
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ].join('\t'),
  start: (requestId: string) => `START RequestId: ${requestId} Version: $LATEST\n`,
  end: (requestId: string) => `END RequestId: ${requestId}\n`,
  report: ({ record, errorType, hasCrashed, initMs, maxMemoryUsedMb }: InvocationEnd) =>
    [
      `REPORT RequestId: ${record.requestId}`,
      `Duration: ${record.durationMs.toFixed(2)} ms`,
      `Billed Duration: ${record.billedMs} ms`,
      `Memory Size: ${record.memorySizeMb} MB`,
      `Max Memory Used: ${maxMemoryUsedMb} MB`,
      ...(initMs > 0 ? [`Init Duration: ${initMs.toFixed(2)} ms`] : []),
      ...(record.outcome === 'timed-out' ? ['Status: timeout'] : []),
      ...(record.outcome === 'failed' && hasCrashed ? ['Status: error', `Error Type: ${errorType}`] : []),
      '\n',
    ].join('\t'),
} as const;

function renderJson(timeMs: number, type: string, record: object): string {
  return JSON.stringify({ time: toIso(timeMs), type, record });
}

function chooseStatus({ outcome }: InvocationRecord): 'success' | 'error' | 'timeout' {
  if (outcome === 'timed-out') return 'timeout';
  return outcome === 'failed' ? 'error' : 'success';
}

function computeRuntimeArn(region: string): string {
  return `arn:aws:lambda:${region}::runtime:${RUNTIME_HASH}`;
}

function roundTo(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
