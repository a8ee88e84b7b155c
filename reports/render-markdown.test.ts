import { describe, expect, test } from 'vitest';
import { computeReport } from './compute-report.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderSummary } from './render-summary.ts';
import { createRepeatedFacts } from './repeated-facts.fixture.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';

describe('renderMarkdown', () => {
  test('renders a default run as in the committed snapshot', async () => {
    const markdown = renderMarkdown(computeReport(createReportFacts()));

    await expect(markdown).toMatchFileSnapshot('render-markdown.good.snapshot.md');
  });

  test('renders a run that went wrong as in the committed snapshot', async () => {
    const facts = changeTrial(createReportFacts(), 'sqs-b10-r1', {
      result: { drainTimedOut: true },
      arrivals: { arrived: 297, lines: 299 },
    });
    const failed = {
      ...facts,
      environment: { emulated: false, region: 'us-east-1', accountId: '123456789012' } as const,
      outcomes: facts.outcomes.map((outcome) =>
        outcome.service === 'kinesis'
          ? ({
              service: 'kinesis',
              status: 'failed',
              error: 'WarmUpTimeoutError',
              cause: '0 of 5 warm-up messages\nhad arrived | after 300 s',
            } as const)
          : outcome,
      ),
      trials: facts.trials.filter(({ result }) => result.trial.service !== 'kinesis'),
    };

    const markdown = renderMarkdown(computeReport(failed));

    await expect(markdown).toMatchFileSnapshot('render-markdown.failed.snapshot.md');
  });

  test('says on the first line after the title where the run happened', () => {
    const emulated = renderMarkdown(computeReport(createReportFacts()));
    const onAws = renderMarkdown(
      computeReport(
        createReportFacts({ environment: { emulated: false, region: 'us-east-1', accountId: '123456789012' } }),
      ),
    );

    expect(emulated.split('\n')[2]).toBe(
      "**Emulated** (seed 1): billing follows AWS's documented rules; latencies, durations and how full a batch gets are modelled. Prices of us-east-1.",
    );
    expect(onAws.split('\n')[2]).toBe('**AWS** account 123456789012, region us-east-1.');
    expect(onAws).not.toMatch(/Emulated|modelled/);
  });

  test('is the same text for the same facts', () => {
    const render = () => renderMarkdown(computeReport(createReportFacts()));

    expect(render()).toBe(render());
  });

  test('renders a run of which nothing is left', () => {
    const markdown = renderMarkdown(computeReport(createReportFacts({ trials: [] })));

    expect(markdown).toContain('No trial ended, so there are no results.');
    expect(markdown).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('a run that does not reconcile', () => {
  const invalid = computeReport(
    changeTrial(createReportFacts(), 'sqs-b10-r1', {
      arrivals: { arrived: 297, lines: 297 },
      metrics: { invocations: 48, serviceCounts: { entries: 300, received: 299, deleted: 297 } },
    }),
  );
  const markdown = renderMarkdown(invalid);

  test('is INVALID in the first line of its report and of its summary', () => {
    expect(markdown.split('\n')[0]).toBe('# INVALID: Eventing and messaging showdown');
    expect(renderSummary(invalid).split('\n')[0]).toBe(
      'INVALID: the books do not balance, so no figure below should be relied on.',
    );
  });

  test('says before anything else that no figure is to be relied on, and by how much the books differ', () => {
    expect(
      markdown,
    ).toContain(`**This run is INVALID: its books do not balance, so no figure in this report should be relied on.**

- SQS at batch size 10 does not reconcile: 48 invocations billed, by CloudWatch (Invocations), against 50 by request id in S3: 2 fewer.

Besides that:

- SQS at batch size 10 lost 3 of 300 messages.

What it would show if they did:`);
  });

  test('shows each disagreement at a glance: in bold what makes it INVALID, plain what AWS itself calls inexact', () => {
    const row = markdown.split('\n').find((line) => /^\| SQS +\| +10 \| +✓/.test(line));

    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      ...['', 'SQS', '10', '✓', '✓', '–', '✓', '**−2**', '✓', '–', '+2', '✓', ''],
    ]);
  });

  test('lists each disagreement with both counts, its size and what it means', () => {
    expect(markdown).toContain(
      '- SQS at batch size 10, invocations, trial `sqs-b10-r1`: 48 invocations billed, by CloudWatch (Invocations), against 50 by request id in S3: 2 fewer. It means that invocations left lines that CloudWatch did not have by the last attempt, or does not count. The book is exact: the run is INVALID.',
    );
    expect(markdown).toContain(
      '- SQS at batch size 10, received, trial `sqs-b10-r1`: 299 messages by CloudWatch (NumberOfMessagesReceived), against 297 with a line in S3, duplicates included: 2 more. It means that messages were received again, or by a consumer that left no line. No ground for INVALID: AWS says that the metric may include retries and duplicates, and is no exact count.',
    );
  });

  test('differs from one that failed, whose books balance', () => {
    const failed = computeReport(
      changeTrial(createReportFacts(), 'sqs-b10-r1', { arrivals: { arrived: 297, lines: 297 } }),
    );

    expect(renderMarkdown(failed)).not.toMatch(/^# INVALID|is INVALID:/);
    expect(renderSummary(failed)).not.toContain('INVALID');
  });
});

describe('p99.9', () => {
  const headings = (repetitions: number) =>
    renderMarkdown(computeReport(createRepeatedFacts(repetitions)))
      .split('\n')
      .find((line) => line.includes('delivery p50'));

  test('has its columns from 1,000 messages of a setting on', () => {
    expect(headings(3)).not.toContain('p99.9');
    expect(headings(4)?.split('p99.9')).toHaveLength(3);
  });

  test('is a dash where a setting has fewer', () => {
    const facts = changeTrial(createRepeatedFacts(4), 'sqs-b10-r1', { arrivals: { arrival: [] } });
    const row = renderMarkdown(computeReport(facts))
      .split('\n')
      .filter((line) => /^\| SQS +\| +10 \|/.test(line))[1];
    const cells = row?.split('|').map((cell) => cell.trim());

    expect(cells?.slice(6, 7)).not.toEqual(['–']);
    expect(cells?.slice(11, 12)).toEqual(['–']);
  });
});

describe('renderSummary', () => {
  test('is at most 150 characters wide with a p99.9 of nearly 1,000 s', () => {
    const facts = createRepeatedFacts(4);
    const trials = facts.trials.map((trial) => ({
      ...trial,
      arrivals: { ...trial.arrivals, delivery: [[999_999, 300]] as const, arrival: [[999_999, 300]] as const },
    }));

    const tables = renderSummary(computeReport({ ...facts, trials }))
      .split('\n')
      .filter((line) => line.startsWith('|'));

    expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(150);
    expect(tables.join('\n')).toContain('p99.9');
  });

  test('fits a terminal and has no Markdown emphasis', () => {
    const summary = renderSummary(computeReport(createReportFacts()));

    expect(Math.max(...summary.split('\n').map((line) => line.length))).toBeLessThanOrEqual(160);
    expect(summary).not.toContain('**');
    expect(summary).toContain('| Kinesis Data Streams |');
  });
});
