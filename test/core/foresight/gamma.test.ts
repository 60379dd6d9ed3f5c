import {expect, it} from 'vitest';
import {normal, quantile, reaches, tenth} from '../../../src/core/foresight/gamma.ts';

it('the normal distribution is that of the tables', () => {
  const tables: [number, number][] = [
    [0, 0.5],
    [1, 0.841344746],
    [-1, 0.158655254],
    [1.959963985, 0.975],
    [-3, 0.001349898],
    [-6, 9.865876e-10],
    [tenth, 0.9],
  ];
  for (const [z, expected] of tables)
    expect(Math.abs(normal(z) - expected)).toBeLessThan(2e-5 * Math.max(expected, 1e-4));
});

it('the chance to reach a value is that of the gamma distribution', () => {
  // Exponential: mean m, variance m². P(X ≥ x) = e^(−x/m). Erlang of shape 4, scale 5: mean 20, variance 100.
  for (const x of [5, 10, 20, 40]) expect(reaches(x, 20, 400)).toBeCloseTo(Math.exp(-x / 20), 1);
  const erlang = (x: number): number => {
    const a = x / 5;
    return Math.exp(-a) * (1 + a + a ** 2 / 2 + a ** 3 / 6);
  };
  for (const x of [5, 10, 20, 30, 40]) expect(Math.abs(reaches(x, 20, 100) - erlang(x))).toBeLessThan(0.005);
});

it('certain is certain: nothing left is out, nothing to come is not', () => {
  expect(reaches(0, 10, 5)).toBe(1);
  expect(reaches(-3, 0, 0)).toBe(1);
  expect(reaches(5, 0, 0)).toBe(0);
  expect(reaches(5, 6, 0)).toBe(1);
});

it('nine in ten lie below the upper end, one in ten below the lower', () => {
  expect(reaches(quantile(20, 100, tenth), 20, 100)).toBeCloseTo(0.1, 3);
  expect(reaches(quantile(20, 100, -tenth), 20, 100)).toBeCloseTo(0.9, 3);
  expect(quantile(1, 400, -tenth)).toBe(0);
  expect(quantile(0, 0, 1)).toBe(0);
});
