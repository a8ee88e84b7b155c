import { gammaln } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { lookUpStudentT975 } from './student-t.ts';

describe('lookUpStudentT975', () => {
  test.each(Array.from({ length: 18 }, (_, index) => index + 1))(
    'has 97.5 %% of the distribution of %i degrees of freedom below it',
    (degrees) => {
      expect(0.5 + integrateDensity(degrees, lookUpStudentT975(degrees))).toBeCloseTo(0.975, 4);
    },
  );

  test.each([0, 19, 1.5])('refuses %d degrees of freedom', (degrees) => {
    expect(() => lookUpStudentT975(degrees)).toThrow(`degrees must be 1 to 18, got ${degrees}`);
  });
});

/** The density of Student's t from 0 to `end`, by Simpson's rule. */
function integrateDensity(degrees: number, end: number): number {
  const logFactor = gammaln((degrees + 1) / 2) - gammaln(degrees / 2) - Math.log(degrees * Math.PI) / 2;
  const density = (t: number) => Math.exp(logFactor - ((degrees + 1) / 2) * Math.log1p(t ** 2 / degrees));
  const steps = 10_000;
  const width = end / steps;
  let sum = density(0) + density(end);
  for (let step = 1; step < steps; step++) sum += density(step * width) * (step % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
