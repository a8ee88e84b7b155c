// How each service looks in every chart: its colour, its marker and its short name. Nowhere else is a colour chosen.

import type { Service } from '../../model/service.ts';

export type Scheme = 'light' | 'dark';

/**
 * Chosen by search so that any two stay apart for readers with normal sight, protanopia, deuteranopia and tritanopia, and so that text
 * in the colour has a contrast of at least 4.5 on the background (WCAG 2.2 AA). palette.test.ts keeps both.
 */
export const SERVICE_COLORS: Readonly<Record<Scheme, Readonly<Record<Service, string>>>> = {
  light: { eventbridge: '#b94e13', sqs: '#07489a', kinesis: '#1b8270', firehose: '#8a1558' },
  dark: { eventbridge: '#feb27d', sqs: '#529ff8', kinesis: '#87fef4', firehose: '#f05f9e' },
};

/** What is not a service: background, text, secondary text, grid and the line of the front. */
export const NEUTRAL_COLORS: Readonly<Record<Scheme, Readonly<Record<Neutral, string>>>> = {
  light: { background: '#ffffff', text: '#1f2328', quiet: '#59636e', grid: '#d8dde3', front: '#8a939d' },
  dark: { background: '#0d1117', text: '#e6edf3', quiet: '#9aa4af', grid: '#2b323b', front: '#7b8590' },
};

export type Neutral = 'background' | 'text' | 'quiet' | 'grid' | 'front';

/** Shapes of Observable Plot: colour is never the only cue. */
export const SERVICE_SYMBOLS: Readonly<Record<Service, 'circle' | 'square' | 'triangle' | 'diamond'>> = {
  eventbridge: 'circle',
  sqs: 'square',
  kinesis: 'triangle',
  firehose: 'diamond',
};

/** Where a full title would take a third of the width. */
export const SHORT_TITLES: Readonly<Record<Service, string>> = {
  eventbridge: 'EventBridge',
  sqs: 'SQS',
  kinesis: 'Kinesis',
  firehose: 'Firehose',
};
