// What Lambda counts: by function, by its resource (the function without a version) and across the account.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html

import type { MetricSink } from '../kernel/world.ts';
import type { InvocationRecord } from './invocation.ts';

type FunctionMetric =
  | 'AsyncEventAge'
  | 'AsyncEventsDropped'
  | 'AsyncEventsReceived'
  | 'ConcurrentExecutions'
  | 'Duration'
  | 'Errors'
  | 'Invocations'
  | 'Throttles';

type Dimensions = Readonly<Record<string, string>>;

const IN_MILLISECONDS: ReadonlySet<string> = new Set(['AsyncEventAge', 'Duration']);
const ACROSS_ACCOUNT: Dimensions = {};

export class LambdaMetrics {
  readonly #sink: MetricSink;
  /** By function: the same objects each time, which the store takes for keys. */
  readonly #dimensions = new Map<string, readonly Dimensions[]>();

  constructor(sink: MetricSink) {
    this.#sink = sink;
  }

  /** Counts for the function, its resource and the account. */
  count(functionName: string, metricName: FunctionMetric, value: number, timeMs: number): void {
    for (const dimensions of this.#dimensionsOf(functionName)) this.#record(metricName, dimensions, value, timeMs);
    this.#record(metricName, ACROSS_ACCOUNT, value, timeMs);
  }

  /** When an invocation begins: how many run then. */
  countConcurrency(
    functionName: string,
    inUse: { own: number; all: number; unreserved: number },
    timeMs: number,
  ): void {
    for (const dimensions of this.#dimensionsOf(functionName)) {
      this.#record('ConcurrentExecutions', dimensions, inUse.own, timeMs);
    }
    this.#record('ConcurrentExecutions', ACROSS_ACCOUNT, inUse.all, timeMs);
    this.#record('UnreservedConcurrentExecutions', ACROSS_ACCOUNT, inUse.unreserved, timeMs);
  }

  /** At the instant of its start. */
  countInvocation({ functionName, startMs, durationMs, failed }: InvocationRecord): void {
    this.count(functionName, 'Invocations', 1, startMs);
    this.count(functionName, 'Errors', failed ? 1 : 0, startMs);
    this.count(functionName, 'Duration', durationMs, startMs);
    this.count(functionName, 'Throttles', 0, startMs);
  }

  #record(metricName: string, dimensions: Dimensions, value: number, timeMs: number): void {
    const unit = IN_MILLISECONDS.has(metricName) ? 'Milliseconds' : 'Count';
    this.#sink.record({ namespace: 'AWS/Lambda', metricName, dimensions, value, timeMs, unit });
  }

  #dimensionsOf(functionName: string): readonly Dimensions[] {
    const known = this.#dimensions.get(functionName);
    if (known) return known;
    const made: readonly Dimensions[] = [
      { FunctionName: functionName },
      { FunctionName: functionName, Resource: functionName },
    ];
    this.#dimensions.set(functionName, made);
    return made;
  }
}
