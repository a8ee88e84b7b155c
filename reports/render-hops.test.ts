import { describe, expect, test } from 'vitest';
import { computeReport } from './compute-report.ts';
import { renderHops } from './render-hops.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';
import type { ReportFacts } from './report-facts.ts';

const render = (facts: ReportFacts) => renderHops(computeReport(facts).settings);

/** The cells of a setting's row in the first table, or in the one that a heading begins. */
function findCells(text: string, service: string, batchSize: number, heading = '| service'): string[] {
  const table = text.slice(text.indexOf(heading));
  const row = new RegExp(`^\\| ${service} +\\| +${batchSize} \\|.*$`, 'm').exec(table)?.[0] ?? '';
  return row
    .split('|')
    .slice(3, -1)
    .map((cell) => cell.trim());
}

const NO_COLD_START = { invocations: 0, initMs: 0, delivery: [] };

describe('renderHops', () => {
  test('has a dash where the service does not tell a hop', () => {
    const text = render(createReportFacts());

    expect(text).toContain(
      '| scheduled → acknowledged | acknowledged → accepted | acknowledged → received | accepted → received | received → arrived |',
    );
    expect(findCells(text, 'EventBridge', 1)).toEqual(['12 / 12', '–', '138 / 588', '–', '480 / 480']);
    expect(findCells(text, 'SQS', 1)).toEqual(['12 / 12', '-3 / -3, 300 negative', '–', '11 / 71', '480 / 480']);
  });

  test('shows how many messages passed a hop in less than no time, and says why that may be', () => {
    const facts = changeTrial(createReportFacts(), 'eventbridge-b1-r1', {
      arrivals: {
        hops: [
          {
            from: 'acknowledged',
            to: 'received',
            latency: [
              [-4, 3],
              [9, 297],
            ],
          },
        ],
      },
    });

    expect(findCells(render(facts), 'EventBridge', 1)).toEqual(['–', '–', '9 / 9, 3 negative', '–', '–']);
    expect(render(facts)).toContain('Of all hops 2,703 came out negative, and are counted in as they are.');
  });

  test('says so when no hop came out negative', () => {
    const facts = createReportFacts();
    const trials = facts.trials.filter(({ result }) => result.trial.service === 'eventbridge');

    expect(render({ ...facts, trials })).toContain('No hop came out negative.');
  });

  test('has cold starts apart from all, of the settings that had any', () => {
    const facts = changeTrial(createReportFacts(), 'sqs-b10-r1', { arrivals: { coldStarts: NO_COLD_START } });
    const text = render(facts);

    expect(findCells(text, 'SQS', 100, '| service              | batch size | cold starts')).toEqual([
      ...['1', '310', '60'],
      ...['13,919', '–', '19,813'],
      ...['9,918', '19,620', '19,813'],
    ]);
    expect(findCells(text, 'SQS', 10, '| service              | batch size | cold starts')).toEqual([]);
    expect(text).toContain('Settings that are not in the table had none.');
  });

  test('says so when there was no cold start', () => {
    const facts = createReportFacts();
    const trials = facts.trials.map((trial) => ({
      ...trial,
      arrivals: { ...trial.arrivals, coldStarts: NO_COLD_START },
    }));

    expect(render({ ...facts, trials })).toContain('No invocation was a cold start');
  });

  test('says of how many messages the acknowledgement could not be stored', () => {
    const facts = createReportFacts();
    const trials = facts.trials.map((trial, index) => {
      if (index > 0) return trial;
      const hops = trial.arrivals.hops.map((hop) => (hop.to === 'acknowledged' ? { ...hop, latency: [] } : hop));
      return { ...trial, arrivals: { ...trial.arrivals, hops } };
    });

    expect(render(facts)).not.toContain('could not be stored');
    expect(render({ ...facts, trials })).toContain('Of 300 messages the acknowledgement could not be stored');
  });

  test('has nothing to say of a run that left no trial', () => {
    expect(render(createReportFacts({ trials: [] }))).toBe('No trial ended, so no time was spent.');
  });
});
