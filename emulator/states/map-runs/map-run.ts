// One Map Run: its children, as many at a time as it may have, and what it counts of them.
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html

import type { MapRunStatus } from '@aws-sdk/client-sfn';
import type { Execution } from '../execution/execution.ts';
import { StateError } from '../execution/state-error.ts';
import type { ChildInput } from './batch-items.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const CHILDREN_AT_A_TIME_MAX = 10_000;

/** What UpdateMapRun can change. */
export interface MapRunSettings {
  /** 0 asks for as many as there may be. */
  readonly maxConcurrency: number;
  /** Of items, 0 to 100. */
  readonly toleratedFailurePercentage: number | undefined;
  readonly toleratedFailureCount: number | undefined;
}

export interface MapRunStart {
  readonly arn: string;
  /** The parent. */
  readonly executionArn: string;
  /** The machine's, qualified with the label. */
  readonly stateMachineArn: string;
  readonly startMs: number;
}

/** Children, or the items in them, by what became of them. */
export interface MapRunCounts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  /** Counted once the run is over, without a ResultWriter too. */
  resultsWritten: number;
}

export class MapRun {
  readonly start: MapRunStart;
  status: MapRunStatus = 'RUNNING';
  stopMs: number | undefined;
  /** Whether results went to S3. */
  hasWrittenResults = false;
  #settings: MapRunSettings;
  #inputs: readonly ChildInput[] = [];
  readonly #children: (Execution | undefined)[] = [];
  #startChild: (input: ChildInput) => Promise<Execution> = () => Promise.reject(new TypeError('not started'));
  #nextIndex = 0;
  #activeCount = 0;
  #failedItemCount = 0;
  #itemCount = 0;
  #settle: { resolve(): void; reject(error: unknown): void } | undefined;

  constructor(start: MapRunStart, settings: MapRunSettings) {
    this.start = start;
    this.#settings = settings;
  }

  get settings(): MapRunSettings {
    return this.#settings;
  }

  get isOver(): boolean {
    return this.status !== 'RUNNING';
  }

  /**
   * Takes effect at once: on what starts next, and on what has failed so far.
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html
   */
  update(settings: Partial<MapRunSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#goOn();
  }

  /**
   * Runs all children. `startChild` gives one that has started.
   * @throws {StateError} `States.ExceedToleratedFailureThreshold`, or what keeps children from starting.
   */
  run(inputs: readonly ChildInput[], startChild: (input: ChildInput) => Promise<Execution>): Promise<void> {
    this.#inputs = inputs;
    this.#itemCount = inputs.reduce((total, { itemCount }) => total + itemCount, 0);
    this.#startChild = startChild;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#goOn();
    });
  }

  /** No child starts any more, and those that run are aborted. */
  end(status: Exclude<MapRunStatus, 'RUNNING'>, timeMs: number): void {
    if (this.isOver) return;
    this.status = status;
    this.stopMs = timeMs;
    for (const child of this.#children) child?.abort({}, timeMs);
  }

  /** Children in the order of their items; undefined for one that never started. */
  get children(): readonly { readonly input: ChildInput; readonly execution: Execution | undefined }[] {
    return this.#inputs.map((input, index) => ({ input, execution: this.#children[index] }));
  }

  countExecutions(): MapRunCounts {
    return this.#count(() => 1);
  }

  countItems(): MapRunCounts {
    return this.#count(({ itemCount }) => itemCount);
  }

  #count(weigh: (input: ChildInput) => number): MapRunCounts {
    const counts = {
      pending: 0,
      running: 0,
      succeeded: 0,
      failed: 0,
      timedOut: 0,
      aborted: 0,
      total: 0,
      resultsWritten: 0,
    };
    for (const { input, execution } of this.children) {
      const weight = weigh(input);
      counts.total += weight;
      counts[nameCount(execution)] += weight;
      if (this.isOver && execution) counts.resultsWritten += weight;
    }
    return counts;
  }

  #goOn(): void {
    const settle = this.#settle;
    if (!settle || this.isOver) return;
    const refusal = this.#explainFailures();
    if (refusal) {
      settle.reject(refusal);
      return;
    }
    const limit = Math.min(this.#settings.maxConcurrency || CHILDREN_AT_A_TIME_MAX, CHILDREN_AT_A_TIME_MAX);
    while (this.#activeCount < limit && this.#nextIndex < this.#inputs.length) {
      this.#activeCount++;
      this.#runChild(this.#nextIndex++).then(() => {
        this.#activeCount--;
        this.#goOn();
      }, settle.reject);
    }
    if (this.#activeCount === 0) settle.resolve();
  }

  async #runChild(index: number): Promise<void> {
    const input = this.#inputs[index];
    if (!input) throw new TypeError(`the Map Run has no child ${index}`);
    const child = await this.#startChild(input);
    this.#children[index] = child;
    if (this.isOver && this.stopMs !== undefined) child.abort({}, this.stopMs);
    await child.ended;
    if (child.fault) throw child.fault;
    if (child.status !== 'SUCCEEDED') this.#failedItemCount += input.itemCount;
  }

  #explainFailures(): StateError | undefined {
    const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = this.#settings;
    const failures = this.#failedItemCount;
    const isTolerated =
      percentage === undefined && count === undefined
        ? failures === 0
        : failures <= (this.#itemCount * (percentage ?? 100)) / 100 && failures <= (count ?? this.#itemCount);
    if (isTolerated) return undefined;
    return new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }
}

function nameCount(child: Execution | undefined): Exclude<keyof MapRunCounts, 'total' | 'resultsWritten'> {
  switch (child?.status) {
    case undefined:
      return 'pending';
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'TIMED_OUT':
      return 'timedOut';
    case 'ABORTED':
      return 'aborted';
    default:
      return 'running';
  }
}
