/** The distribution of what is still used: a gamma by its mean and variance, in the form of Wilson and Hilferty. */

/** 0.1 and 0.9 of the normal distribution. */
export const tenth = 1.2816;

/** Probability that a gamma of this mean and variance reaches `rest`. */
export function reaches(rest: number, mean: number, variance: number): number {
  if (rest <= 0) return 1;
  if (mean <= 0 || variance <= 0) return mean >= rest ? 1 : 0;
  const shape = (mean * mean) / variance;
  const third = 1 / (9 * shape);
  return 1 - normal(3 * Math.sqrt(shape) * (Math.cbrt(rest / mean) - 1 + third));
}

/** The value that lies `z` normal deviations from the middle. */
export function quantile(mean: number, variance: number, z: number): number {
  if (mean <= 0 || variance <= 0) return Math.max(0, mean);
  const shape = (mean * mean) / variance;
  return mean * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
}

/**
 * Φ, to 1.2e-7: erfc by the rational Chebyshev fit of Numerical Recipes (§6.2), which stays relative in the tails.
 */
export function normal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const poly = coefficients.reduceRight((sum, coefficient) => coefficient + t * sum, 0);
  const tail = (t * Math.exp(-x * x + poly)) / 2;
  return z >= 0 ? 1 - tail : tail;
}
const coefficients = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];
