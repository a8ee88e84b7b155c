// Student's t distribution, as far as confidence intervals at 95 % need it.

/**
 * The 97.5 % quantiles by degrees of freedom, from 1 on.
 * https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm
 */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101,
] as const;

/** @throws {RangeError} when `degrees` is not a whole number from 1 to 18, which ten trials of two settings come to. */
export function lookUpStudentT975(degrees: number): number {
  const quantile = T_975[degrees - 1];
  if (quantile === undefined) throw new RangeError(`degrees must be 1 to ${T_975.length}, got ${degrees}`);
  return quantile;
}
