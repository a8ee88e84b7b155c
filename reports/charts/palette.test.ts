import { describe, expect, test } from 'vitest';
import { SERVICES } from '../../model/service.ts';
import { NEUTRAL_COLORS, SERVICE_COLORS, SERVICE_SYMBOLS } from './palette.ts';

const SCHEMES = ['light', 'dark'] as const;
const CONTRAST_OF_TEXT = 4.5;
/** Twenty times what is just noticeable, which is about 0.004 in OKLab where patches touch. */
const DISTANCE_MIN = 0.08;

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** Full dichromacy in linear RGB: Machado, Oliveira and Fernandes 2009, table 1. */
const SIGHTS: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe('palette', () => {
  test.each(SCHEMES)('text in a service’s colour can be read on the %s background', (scheme) => {
    const { background, text, quiet } = NEUTRAL_COLORS[scheme];
    const contrasts = [text, quiet, ...Object.values(SERVICE_COLORS[scheme])].map((color) =>
      computeContrast(color, background),
    );

    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(CONTRAST_OF_TEXT);
  });

  test.each(SCHEMES.flatMap((scheme) => Object.keys(SIGHTS).map((sight) => ({ scheme, sight }))))(
    'no two services look alike in $scheme with $sight',
    ({ scheme, sight }) => {
      const matrix = SIGHTS[sight];
      const seen = SERVICES.map((service) =>
        toOklab(multiply(matrix ?? [], toLinear(SERVICE_COLORS[scheme][service]))),
      );
      const distances = seen.flatMap((a, index) => seen.slice(index + 1).map((b) => computeDistance(a, b)));

      expect(distances).toHaveLength(6);
      expect(Math.min(...distances)).toBeGreaterThanOrEqual(DISTANCE_MIN);
    },
  );

  test('every service has a marker of its own', () => {
    expect(new Set(SERVICES.map((service) => SERVICE_SYMBOLS[service])).size).toBe(SERVICES.length);
  });
});

function computeContrast(a: string, b: string): number {
  const [low = 0, high = 0] = [a, b].map(computeLuminance).sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function computeLuminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = toLinear(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toLinear(color: string): number[] {
  return [1, 3, 5]
    .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

function multiply(matrix: readonly Vector[], vector: readonly number[]): number[] {
  return matrix.map((row) => {
    const sum = row.reduce((total, factor, index) => total + factor * (vector[index] ?? 0), 0);
    return Math.min(1, Math.max(0, sum));
  });
}

/** https://bottosson.github.io/posts/oklab/ */
function toOklab(linear: readonly number[]): number[] {
  const cones = multiplyFreely(TO_CONES, linear).map(Math.cbrt);
  return multiplyFreely(FROM_CONES, cones);
}

const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const FROM_CONES: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function multiplyFreely(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((total, factor, index) => total + factor * (vector[index] ?? 0), 0));
}

function computeDistance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}
