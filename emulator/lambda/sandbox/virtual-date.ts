// `Date` as a function's code sees it: now is the virtual clock's, and local time is UTC, as it is on Lambda, whatever
// zone the host is in.

const UNITS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const LOCALE_METHODS = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const;

/** Only a date, which is UTC by the standard. https://tc39.es/ecma262/#sec-date-time-string-format */
const ISO_DATE = /^[+-]?\d{4,6}(-\d\d){0,2}$/;
const ISO_DATE_TIME = /^[+-]?\d{4,6}(-\d\d){0,2}T[\d:.]+$/;
const NAMES_ZONE = /(Z|UTC?|GMT|[ECMP][SD]T|[+-]\d\d:?\d\d)\s*(\(.*\))?$/i;

/** A constructor to put in the place of `Date`. `nowMs` may have a fraction; what the code sees has none. */
export function createVirtualDate(nowMs: () => number): unknown {
  const now = () => Math.floor(nowMs());
  function VirtualDate(...parameters: unknown[]): unknown {
    if (!new.target) return Reflect.construct(VirtualDate, []).toString();
    return Reflect.construct(Date, [computeTime(parameters, now)], new.target);
  }
  const statics = {
    now,
    parse: parseUtc,
    UTC: Date.UTC,
    // A date that the host made is one too.
    [Symbol.hasInstance]: (value: unknown) => value instanceof Date,
  };
  for (const [name, value] of Object.entries(statics)) define(VirtualDate, name, value);
  Object.defineProperty(VirtualDate, Symbol.hasInstance, { value: statics[Symbol.hasInstance] });
  Object.defineProperty(VirtualDate, 'name', { value: 'Date' });
  Object.defineProperty(VirtualDate, 'prototype', { value: createPrototype(VirtualDate), writable: false });
  return VirtualDate;
}

function computeTime(parameters: readonly unknown[], now: () => number): number {
  const [first, ...others] = parameters;
  if (parameters.length === 0) return now();
  if (others.length > 0) {
    const [month, ...rest] = others.map(Number);
    return Date.UTC(Number(first), month, ...rest);
  }
  if (first instanceof Date) return first.getTime();
  const primitive = toPrimitive(first);
  return typeof primitive === 'string' ? parseUtc(primitive) : Number(primitive);
}

function toPrimitive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const plain = value.valueOf();
  return typeof plain === 'object' ? String(value) : plain;
}

/** As `Date.parse`, with UTC where the text names no zone. */
function parseUtc(text: unknown): number {
  const given = String(text).trim();
  if (ISO_DATE.test(given) || NAMES_ZONE.test(given)) return Date.parse(given);
  return Date.parse(ISO_DATE_TIME.test(given) ? `${given}Z` : `${given} UTC`);
}

function createPrototype(dateConstructor: unknown): object {
  const prototype: object = Object.create(Date.prototype);
  define(prototype, 'constructor', dateConstructor);
  define(prototype, 'getDay', Date.prototype.getUTCDay);
  for (const unit of UNITS) {
    define(prototype, `get${unit}`, Date.prototype[`getUTC${unit}`]);
    define(prototype, `set${unit}`, Date.prototype[`setUTC${unit}`]);
  }
  define(prototype, 'getTimezoneOffset', function getTimezoneOffset(this: Date) {
    return Number.isNaN(this.getTime()) ? Number.NaN : 0;
  });
  define(prototype, 'toDateString', function toDateString(this: Date) {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : renderDate(this);
  });
  define(prototype, 'toTimeString', function toTimeString(this: Date) {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : renderTime(this);
  });
  define(prototype, 'toString', function renderDateTime(this: Date) {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : `${renderDate(this)} ${renderTime(this)}`;
  });
  for (const name of LOCALE_METHODS) {
    const render = Date.prototype[name];
    define(prototype, name, function renderLocale(this: Date, locales?: string, options?: Intl.DateTimeFormatOptions) {
      return render.call(this, locales ?? 'en-US', { timeZone: 'UTC', ...options });
    });
  }
  return prototype;
}

/** From `Thu, 01 Jan 2026 00:00:00 GMT` to `Thu Jan 01 2026`. */
function renderDate(date: Date): string {
  const [weekday = '', day, month, year] = date.toUTCString().split(' ');
  return [weekday.replace(',', ''), month, day, year].join(' ');
}

function renderTime(date: Date): string {
  return `${date.toUTCString().split(' ')[4]} GMT+0000 (Coordinated Universal Time)`;
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
