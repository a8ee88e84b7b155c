// A run whose trials were repeated and came out differently, for tests.

import type { LatencyCounts } from '../model/latency-counts.ts';
import { countLatencies } from '../model/latency-counts.ts';
import type { Trial } from '../model/trial.ts';
import { createReportFacts } from './report-facts.fixture.ts';
import type { ReportFacts, TrialFacts } from './report-facts.ts';

/** What a repetition's latencies and durations are, against those of the first. */
const FACTORS = [1, 1.07, 0.96, 1.02, 0.99, 1.04, 0.97, 1.01, 1.05, 0.98];

/** The default run with `repetitions` of each trial, 1 to 10, interleaved as the plan does it. */
export function createRepeatedFacts(repetitions: number): ReportFacts {
  const once = createReportFacts();
  const numbers = Array.from({ length: repetitions }, (_, index) => index + 1);
  return {
    ...once,
    plan: {
      ...once.plan,
      input: { ...once.plan.input, repetitions },
      lanes: once.plan.lanes.map((lane) => ({
        ...lane,
        trials: numbers.flatMap((repetition) => lane.trials.map((trial) => repeatTrial(trial, repetition))),
      })),
    },
    trials: numbers.flatMap((repetition) => once.trials.map((facts) => repeatFacts(facts, repetition))),
  };
}

function repeatTrial(trial: Trial, repetition: number): Trial {
  return { ...trial, trialId: trial.trialId.replace(/r1$/, `r${repetition}`), repetition };
}

function repeatFacts(facts: TrialFacts, repetition: number): TrialFacts {
  const { result, arrivals, metrics } = facts;
  const factor = FACTORS[repetition - 1] ?? 1;
  return {
    result: { ...result, trial: repeatTrial(result.trial, repetition) },
    arrivals: {
      ...arrivals,
      delivery: stretch(arrivals.delivery, factor),
      arrival: stretch(arrivals.arrival, factor),
      hops: arrivals.hops.map((hop) => ({ ...hop, latency: stretch(hop.latency, factor) })),
    },
    metrics: { ...metrics, durationMs: metrics.durationMs * factor },
  };
}

function stretch(counts: LatencyCounts, factor: number): LatencyCounts {
  return countLatencies(
    counts.flatMap(([latencyMs, messages]) => new Array<number>(messages).fill(latencyMs * factor)),
  );
}
