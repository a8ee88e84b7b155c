// Gives every line of an object that had to be read to the trial that it names.

import { WARM_UP_SUFFIX } from '../../model/message.ts';
import { NO_STRAYS, type StrayLines } from '../../model/tally.ts';
import type { Plan } from '../../model/trial.ts';
import { parseLine } from './parse-line.ts';
import type { TrialTally } from './trial-tally.ts';

/** One object's lines, as they come. */
export interface OpenObject {
  addLine(text: string): void;
}

/** Trials that take lines at a time: one, and the one before it, whose late lines may lie under the next one's prefix. */
const OPEN_TRIALS = 2;

export class LineRouter {
  readonly #runId: string;
  readonly #planned: ReadonlySet<string>;
  /** By trial id; undefined for one that did not end. */
  readonly #opened = new Map<string, TrialTally | undefined>();
  #strays: Record<keyof StrayLines, number> = { ...NO_STRAYS };

  constructor(plan: Plan) {
    this.#runId = plan.runId;
    this.#planned = new Set(plan.lanes.flatMap(({ trials }) => trials.map(({ trialId }) => trialId)));
  }

  /** Lines go to this trial from now on, and still to the one before it. Strays count from nought. */
  open(trialId: string, tally: TrialTally | undefined): void {
    this.#strays = { ...NO_STRAYS };
    this.#opened.set(trialId, tally);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size <= OPEN_TRIALS || oldest === undefined) return;
    this.#opened.delete(oldest);
  }

  /** Since the last trial was opened. The object goes on counting. */
  get strays(): StrayLines {
    return this.#strays;
  }

  addStray(kind: keyof StrayLines): void {
    this.#strays[kind]++;
  }

  /** `arrivedAtMs` by S3's event, undefined where there was none; both in epoch milliseconds. */
  openObject(instants: { readonly lastModifiedMs: number; readonly arrivedAtMs: number | undefined }): OpenObject {
    let isFirst = true;
    return {
      addLine: (text) => {
        this.#addLine(text, instants, isFirst);
        isFirst = false;
      },
    };
  }

  #addLine(
    text: string,
    { lastModifiedMs, arrivedAtMs }: { readonly lastModifiedMs: number; readonly arrivedAtMs: number | undefined },
    isFirst: boolean,
  ): void {
    const line = parseLine(text);
    if (!line) {
      this.addStray('unreadable');
      return;
    }
    const tally = line.runId === this.#runId ? this.#opened.get(line.trialId) : undefined;
    if (!tally?.hasSequence(line.sequence)) {
      const kind = this.#classifyStray(line.runId, line.trialId);
      this.addStray(kind);
      if (kind === 'warmUp') this.#opened.get(line.trialId.slice(0, -WARM_UP_SUFFIX.length))?.addWarmUp(line);
      return;
    }
    // An object counts for one trial only, whatever else it holds: somebody paid for it once.
    if (isFirst) tally.addObject();
    if (arrivedAtMs !== undefined) tally.addArrivalEvent(line.sequence, arrivedAtMs);
    tally.addMessage(line, lastModifiedMs);
  }

  #classifyStray(runId: string, trialId: string): keyof StrayLines {
    if (runId !== this.#runId) return 'unknown';
    if (trialId.endsWith(WARM_UP_SUFFIX) && this.#planned.has(trialId.slice(0, -WARM_UP_SUFFIX.length)))
      return 'warmUp';
    if (this.#opened.has(trialId)) return this.#opened.get(trialId) === undefined ? 'unfinished' : 'unknown';
    return this.#planned.has(trialId) ? 'misplaced' : 'unknown';
  }
}
