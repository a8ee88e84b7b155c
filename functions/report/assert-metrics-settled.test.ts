import { describe, expect, test } from 'vitest';
import { changeTrial, createReportFacts } from '../../reports/report-facts.fixture.ts';
import type { TrialFacts } from '../../reports/report-facts.ts';
import { assertMetricsSettled } from './assert-metrics-settled.ts';
import { MetricsNotSettledError } from './errors.ts';

const FINAL_ATTEMPT = 5;

const createTrials = (...change: Parameters<typeof changeTrial> extends [unknown, ...infer Rest] ? Rest : never) =>
  changeTrial(createReportFacts(), ...change).trials;

function findRefusals(trials: readonly TrialFacts[]): number[] {
  return Array.from({ length: FINAL_ATTEMPT + 1 }, (_, attempt) => attempt).filter((attempt) => {
    try {
      assertMetricsSettled(trials, { attempt, finalAttempt: FINAL_ATTEMPT });
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(MetricsNotSettledError);
      return true;
    }
  });
}

describe('assertMetricsSettled', () => {
  test('is content when CloudWatch has everything', () => {
    expect(findRefusals(createReportFacts().trials)).toEqual([]);
  });

  test.each([
    ['invocations', createTrials('sqs-b10-r1', { metrics: { invocations: 49 } })],
    ["Kinesis' records", createTrials('kinesis-b10-r1', { metrics: { serviceCounts: { entries: 299 } } })],
  ])('waits for %s, which AWS counts exactly, until the last attempt', (_what, trials) => {
    expect(findRefusals(trials)).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([
    ["EventBridge's events", createTrials('eventbridge-b10-r1', { metrics: { serviceCounts: { entries: 29 } } })],
    ["SQS' deletes", createTrials('sqs-b10-r1', { metrics: { serviceCounts: { deleted: 299 } } })],
    ["Firehose's bytes", createTrials('firehose-b10-r1', { metrics: { serviceCounts: { bytes: 1 } } })],
  ])('waits for %s, which may never come, for two attempts only', (_what, trials) => {
    expect(findRefusals(trials)).toEqual([0, 1]);
  });

  test('does not wait where CloudWatch has more, nor for books that are not its own', () => {
    expect(findRefusals(createTrials('sqs-b10-r1', { metrics: { invocations: 51 } }))).toEqual([]);
    expect(findRefusals(createTrials('sqs-b10-r1', { publish: { scheduled: 301 } }))).toEqual([]);
  });

  test('names what is behind, where and by how much', () => {
    const trials = createTrials('kinesis-b10-r1', { metrics: { invocations: 29, serviceCounts: { entries: 299 } } });

    expect(() => assertMetricsSettled(trials, { attempt: 2, finalAttempt: FINAL_ATTEMPT })).toThrow(
      'attempt 3 of 6: CloudWatch has only 29 of 30 invocations by request id in S3 of kinesis-b10-r1, 299 of 300 records accepted, by the generator of kinesis-b10-r1; a later attempt will find more',
    );
  });
});
