// Gives every line in the bucket to the trial that it names.

import { WARM_UP_SUFFIX } from '../../model/message.ts';
import type { Plan, TrialResult } from '../../model/trial.ts';
import type { StrayLines, TrialArrivals } from '../../reports/report-facts.ts';
import { parseLine } from './parse-line.ts';
import { TrialTally } from './trial-tally.ts';
import { computeTrialWindow } from './trial-window.ts';

/** One object's lines, as they come. */
export interface OpenObject {
  addLine(text: string): void;
}

export class ArrivalBook {
  readonly #runId: string;
  readonly #planned: ReadonlySet<string>;
  readonly #tallies: ReadonlyMap<string, TrialTally>;
  readonly #strays = { warmUp: 0, unfinished: 0, unknown: 0, unreadable: 0 };
  #objects = 0;

  constructor(plan: Plan, results: readonly TrialResult[]) {
    this.#runId = plan.runId;
    this.#planned = new Set(plan.lanes.flatMap(({ trials }) => trials.map(({ trialId }) => trialId)));
    this.#tallies = new Map(
      results.map((result) => [
        result.trial.trialId,
        new TrialTally(result.trial.messages, computeTrialWindow(result).endMs),
      ]),
    );
  }

  /** `lastModifiedMs` as S3 lists it, epoch milliseconds on a whole second. */
  openObject(lastModifiedMs: number): OpenObject {
    let isFirst = true;
    this.#objects++;
    return {
      addLine: (text) => {
        this.#addLine(text, lastModifiedMs, isFirst);
        isFirst = false;
      },
    };
  }

  #addLine(text: string, lastModifiedMs: number, isFirst: boolean): void {
    const line = parseLine(text);
    if (!line) {
      this.#strays.unreadable++;
      return;
    }
    const tally = line.runId === this.#runId ? this.#tallies.get(line.trialId) : undefined;
    if (!tally?.hasSequence(line.sequence)) {
      this.#strays[this.#classifyStray(line.runId, line.trialId)]++;
      return;
    }
    // An object counts for one trial only, whatever else it holds: somebody paid for it once.
    if (isFirst) tally.addObject();
    tally.addLine(line, lastModifiedMs);
  }

  #classifyStray(runId: string, trialId: string): keyof StrayLines {
    if (runId !== this.#runId) return 'unknown';
    if (trialId.endsWith(WARM_UP_SUFFIX) && this.#planned.has(trialId.slice(0, -WARM_UP_SUFFIX.length)))
      return 'warmUp';
    return this.#planned.has(trialId) && !this.#tallies.has(trialId) ? 'unfinished' : 'unknown';
  }

  get objects(): number {
    return this.#objects;
  }

  get strays(): StrayLines {
    return { ...this.#strays };
  }

  arrivalsOf(trialId: string): TrialArrivals {
    const tally = this.#tallies.get(trialId);
    if (!tally) throw new RangeError(`the book has no trial ${trialId}`);
    return tally.toArrivals();
  }
}
