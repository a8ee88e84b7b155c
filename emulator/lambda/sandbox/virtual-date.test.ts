import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVirtualDate } from './virtual-date.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const VirtualDate = createVirtualDate(() => NOW_MS + 0.75) as DateConstructor;

describe('the virtual Date', () => {
  const hostZone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Asia/Tokyo';
  });
  afterEach(() => {
    if (hostZone === undefined) delete process.env.TZ;
    else process.env.TZ = hostZone;
  });

  test('has the virtual now, in whole milliseconds', () => {
    expect([VirtualDate.now(), new VirtualDate().getTime(), new VirtualDate(VirtualDate.now()).getTime()]).toEqual([
      NOW_MS,
      NOW_MS,
      NOW_MS,
    ]);
    expect(VirtualDate()).toBe('Fri Jan 02 2026 03:04:05 GMT+0000 (Coordinated Universal Time)');
  });

  test.each([
    ['2026-01-02', Date.UTC(2026, 0, 2)],
    ['2026-01-02T03:04:05', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T03:04:05+09:00', Date.UTC(2026, 0, 1, 18, 4, 5)],
    ['Fri, 02 Jan 2026 03:04:05 GMT', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['Jan 2 2026 03:04', Date.UTC(2026, 0, 2, 3, 4)],
    ['no date', Number.NaN],
  ])('reads %s as UTC, unless it says otherwise', (text, expectedMs) => {
    expect(new VirtualDate(text).getTime()).toEqual(expectedMs);
    expect(VirtualDate.parse(text)).toEqual(expectedMs);
  });

  test('takes parts for UTC, and gives them so', () => {
    const date = new VirtualDate(2026, 6, 31, 23, 59);

    expect(date.toISOString()).toBe('2026-07-31T23:59:00.000Z');
    expect([date.getDate(), date.getHours(), date.getDay(), date.getTimezoneOffset()]).toEqual([31, 23, 5, 0]);
    expect(date.toLocaleTimeString()).toBe('11:59:00 PM');
    date.setHours(0);
    expect(JSON.stringify(date)).toBe('"2026-07-31T00:59:00.000Z"');
  });

  test('is a Date to code on both sides, and can be extended', () => {
    class Stamp extends VirtualDate {}

    expect(new VirtualDate() instanceof Date).toBe(true);
    expect(new Date(0) instanceof VirtualDate).toBe(true);
    expect(new VirtualDate().constructor).toBe(VirtualDate);
    expect(new Stamp() instanceof Stamp && new Stamp().getTime()).toBe(NOW_MS);
    expect(new VirtualDate(new Date(5)).getTime()).toBe(5);
    expect(String(new VirtualDate(Number.NaN))).toBe('Invalid Date');
  });
});
