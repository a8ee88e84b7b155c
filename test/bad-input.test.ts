// Bad input ends with exit code 2, all problems listed, nothing started.

import { describe, expect, test } from 'vitest';
import { runShowdown } from './run-showdown.ts';

describe('bad input', () => {
  test.each([
    {
      claim: 'every bad value is listed at once',
      flags: ['--batch-sizes', '0,banana', '--ticks', '0'],
      expected: ['batchSizes[0]', 'batchSizes[1]', '"banana"', 'ticks'],
    },
    {
      claim: 'an unknown service is refused with the known ones',
      flags: ['--services', 'sqs,sns'],
      expected: ['services[1]', 'sns'],
    },
    {
      claim: 'an unknown option is refused with the nearest known one',
      flags: ['--batch-size', '1'],
      expected: ['--batch-size', '--batch-sizes'],
    },
    { claim: 'a seed that is no number is refused', flags: ['--seed', 'pi'], expected: ['--seed', 'pi'] },
    {
      claim: 'a plan whose execution history would not fit is refused with its size',
      flags: ['--ticks', '1000', '--batch-sizes', '1,2,3,4,5,6,7,8,9,10,11,12'],
      expected: ['PlanTooLargeError', '25,000'],
    },
    {
      claim: 'an estimate above costLimitUsd is refused with both figures',
      flags: ['--cost-limit-usd', '0.000001'],
      expected: ['CostLimitError', 'costLimitUsd'],
    },
    {
      claim: 'an input file that is not there is named',
      flags: ['--input', 'no-such.json'],
      expected: ['no-such.json'],
    },
  ])('$claim', async ({ flags, expected }) => {
    const { exitCode, output } = await runShowdown(['run', ...flags]);

    for (const text of expected) expect(output).toContain(text);
    expect(output).not.toContain('Report: ');
    expect(exitCode).toBe(2);
  });
});
