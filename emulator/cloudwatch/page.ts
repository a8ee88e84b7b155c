// A window over the data points of all queries, one after the other, and the token that says where the next one begins.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

export interface Cursor {
  /** What a later page shows is what the first one would have. Epoch milliseconds. */
  readonly asOfMs: number;
  /** Data points before it were on earlier pages. */
  readonly offset: number;
}

export interface Slice<Point> {
  readonly points: readonly Point[];
  /** Whether all of this query's data points have been given by now. */
  readonly isComplete: boolean;
}

export interface Page<Point> {
  /** One for each query, in order. */
  readonly slices: readonly Slice<Point>[];
  /** Undefined when this is the last page. */
  readonly next: Cursor | undefined;
}

export function computePage<Point>(
  series: readonly (readonly Point[])[],
  cursor: Cursor,
  pointsMax: number,
): Page<Point> {
  const end = cursor.offset + pointsMax;
  let seriesStart = 0;
  const slices = series.map((points) => {
    const first = Math.max(0, cursor.offset - seriesStart);
    const last = Math.max(0, end - seriesStart);
    seriesStart += points.length;
    return { points: points.slice(first, last), isComplete: points.length === 0 || seriesStart <= end };
  });
  return { slices, next: seriesStart > end ? { ...cursor, offset: end } : undefined };
}

const tokenSchema = z.tuple([z.number().min(0), z.int().min(0)]);

export function renderToken({ asOfMs, offset }: Cursor): string {
  return Buffer.from(JSON.stringify([asOfMs, offset])).toString('base64');
}

/** @throws {AwsError} `InvalidNextToken`. */
export function parseToken(token: string): Cursor {
  try {
    const [asOfMs, offset] = tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64').toString()));
    return { asOfMs, offset };
  } catch (cause) {
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.', { cause });
  }
}
