import { describe, expect, test } from 'vitest';
import { computeReport } from './compute-report.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderSummary } from './render-summary.ts';
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
      "**Emulated** (seed 1): counts and costs follow AWS's documented rules; latencies are modelled. Prices of us-east-1.",
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

describe('renderSummary', () => {
  test('fits a terminal and has no Markdown emphasis', () => {
    const summary = renderSummary(computeReport(createReportFacts()));

    expect(Math.max(...summary.split('\n').map((line) => line.length))).toBeLessThanOrEqual(160);
    expect(summary).not.toContain('**');
    expect(summary).toContain('| Kinesis Data Streams |');
  });
});
