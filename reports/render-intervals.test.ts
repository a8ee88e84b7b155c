import { describe, expect, test } from 'vitest';
import { computeReport } from './compute-report.ts';
import { renderIntervals } from './render-intervals.ts';
import { createRepeatedFacts } from './repeated-facts.fixture.ts';

const render = (repetitions: number) => renderIntervals(computeReport(createRepeatedFacts(repetitions)));

describe('renderIntervals', () => {
  test('renders three repetitions as in the committed snapshot', async () => {
    await expect(`${render(3)}\n`).toMatchFileSnapshot('render-intervals.snapshot.md');
  });

  test('says of a run without repetitions what they would bring', () => {
    expect(render(1)).toMatch(/^Each setting was tried once, .*`repetitions` above 1/);
    expect(render(1)).not.toContain('|');
  });

  test('says so when repetitions were asked for and too few trials ended', () => {
    const facts = createRepeatedFacts(2);
    const trials = facts.trials.filter(({ result }) => result.trial.repetition === 1);

    expect(renderIntervals(computeReport({ ...facts, trials }))).toBe(
      'No setting has two trials that ended, so there are no confidence intervals.',
    );
  });

  test.each([
    [2, true],
    [4, true],
    [5, false],
  ])('of %i trials warns of rough intervals: %s', (repetitions, warns) => {
    expect(render(repetitions).includes('rough intervals')).toBe(warns);
  });
});
