// A panel of lines, one for each service, on two logarithmic axes, each named at its end.

import * as Plot from '@observablehq/plot';
import type { Document, Element } from '@xmldom/xmldom';
import { SERVICES, type Service } from '../../model/service.ts';
import { type Axis, createScale, pickLabels } from './axis.ts';
import { FONT_PX } from './compose-chart.ts';
import { NEUTRAL_COLORS, SERVICE_COLORS, SERVICE_SYMBOLS, SHORT_TITLES } from './palette.ts';
import { boxAround, estimateTextPx, placeLabels, spreadLabels } from './text-layout.ts';

const COLORS = SERVICE_COLORS.light;
const NEUTRALS = NEUTRAL_COLORS.light;

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Shown on hover: the numbers as the tables print them. */
  readonly tip: string;
  /** Drawn hollow. Default false. */
  readonly isHollow?: boolean;
}

export interface LineSeries {
  readonly service: Service;
  /** Ascending by x, at least one. */
  readonly points: readonly LinePoint[];
  /** Where the line runs when it is no polyline through the points. */
  readonly curve?: readonly (readonly [x: number, y: number])[];
}

/** A place with a ring around it. */
export interface Note {
  readonly x: number;
  readonly y: number;
  /** Beside the ring, where there is room. */
  readonly label: string;
  /** Shown on hover. */
  readonly tip: string;
}

export interface LinePanel {
  readonly document: Document;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Left out when undefined. */
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
  /** Drawn over the lines. Default none. */
  readonly notes?: readonly Note[];
}

const MARGINS: Omit<Margins, 'topPx'> = { leftPx: 62, rightPx: 106, bottomPx: 44 };
const TOP_PX = 32;
const TOP_WITH_TITLE_PX = 52;
const LABEL_DISTANCE_PX = 15;
export const DOT_RADIUS_PX = 4.5;
const RING_RADIUS_PX = 7;
const NOTE_PX = 11;
/** Around text that may lie over a line. */
export const HALO = { stroke: NEUTRALS.background, strokeWidth: 3 };

export function drawLinePanel({ document, widthPx, heightPx, title, x, y, series, notes }: LinePanel): Element {
  const margins = { ...MARGINS, topPx: title === undefined ? TOP_PX : TOP_WITH_TITLE_PX };
  const frame = { widthPx, heightPx, margins };
  const rangePx = [heightPx - margins.bottomPx, margins.topPx] as const;
  const shown = series.filter(({ points }) => points.length > 0).toSorted(byOrderOfServices);
  return Plot.plot({
    ...createPlotOptions(document, frame),
    x: { type: x.type, domain: x.domain, axis: null },
    y: { type: y.type, domain: y.domain, axis: null },
    marks: [
      createAxes(x, y, frame),
      createPanelTitle(title, margins),
      shown.map(createLine),
      createEndLabels(shown, x, createScale(y, rangePx), rangePx),
      // Over all lines, for the pointer to find.
      shown.map(createDots),
      createNotes(notes ?? [], shown, { x, y, frame }),
    ],
  });
}

function byOrderOfServices(a: LineSeries, b: LineSeries): number {
  return SERVICES.indexOf(a.service) - SERVICES.indexOf(b.service);
}

export interface Margins {
  readonly leftPx: number;
  readonly rightPx: number;
  readonly topPx: number;
  readonly bottomPx: number;
}

/** How large a panel is, and how much of it is left for ticks and labels. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly margins: Margins;
}

export function createPlotOptions(document: Document, { widthPx, heightPx, margins }: Frame) {
  return {
    document,
    width: widthPx,
    height: heightPx,
    marginLeft: margins.leftPx,
    marginRight: margins.rightPx,
    marginTop: margins.topPx,
    marginBottom: margins.bottomPx,
  };
}

/** Grid, ticks, labels with units. The label of y stands above its ticks, as no reader turns the head. */
export function createAxes(x: Axis, y: Axis, { widthPx, heightPx, margins }: Frame): Plot.Markish[] {
  const innerWidthPx = widthPx - margins.leftPx - margins.rightPx;
  const innerHeightPx = heightPx - margins.topPx - margins.bottomPx;
  const labelPx = Math.max(...x.ticks.map((tick) => estimateTextPx(x.formatTick(tick), FONT_PX))) + 8;
  const labelled = { x: pickLabels(x, innerWidthPx, labelPx), y: pickLabels(y, innerHeightPx, FONT_PX + 6) };
  return [
    Plot.gridX(x.ticks, { stroke: NEUTRALS.grid, strokeOpacity: 1, className: 'grid' }),
    Plot.gridY(y.ticks, { stroke: NEUTRALS.grid, strokeOpacity: 1, className: 'grid' }),
    Plot.tickX(x.ticks, {
      stroke: NEUTRALS.front,
      className: 'tick',
      insetTop: innerHeightPx,
      insetBottom: -5,
      ariaHidden: 'true',
    }),
    Plot.text([...labelled.x], {
      x: (tick) => tick,
      text: x.formatTick,
      frameAnchor: 'bottom',
      dy: 18,
      fill: NEUTRALS.quiet,
      className: 'quiet',
    }),
    Plot.text([...labelled.y], {
      y: (tick) => tick,
      text: y.formatTick,
      frameAnchor: 'left',
      textAnchor: 'end',
      dx: -8,
      fill: NEUTRALS.quiet,
      className: 'quiet',
    }),
    Plot.text([x.label], { frameAnchor: 'bottom', dy: 36, fill: NEUTRALS.quiet, className: 'quiet' }),
    Plot.text([y.label], {
      frameAnchor: 'top-left',
      textAnchor: 'start',
      dx: -margins.leftPx + 16,
      dy: -22,
      fill: NEUTRALS.quiet,
      className: 'quiet',
    }),
  ];
}

export function createPanelTitle(title: string | undefined, margins: Margins): Plot.Markish[] {
  if (title === undefined) return [];
  return [
    Plot.text([title], {
      frameAnchor: 'top-left',
      textAnchor: 'start',
      dx: -margins.leftPx + 16,
      dy: -41,
      fontSize: 13,
      fontWeight: 600,
      fill: NEUTRALS.text,
      className: 'text',
    }),
  ];
}

function createLine({ service, points, curve }: LineSeries): Plot.Markish {
  return Plot.line(curve ?? points.map(({ x, y }): [number, number] => [x, y]), {
    stroke: COLORS[service],
    strokeWidth: 2,
    strokeLinejoin: 'round',
    className: `line-${service}`,
    ariaHidden: 'true',
  });
}

function createDots({ service, points }: LineSeries): Plot.Markish[] {
  const options = { x: 'x', y: 'y', symbol: SERVICE_SYMBOLS[service], r: DOT_RADIUS_PX, title: 'tip' };
  return [
    Plot.dot(
      points.filter(({ isHollow }) => !isHollow),
      { ...options, fill: COLORS[service], stroke: NEUTRALS.background, strokeWidth: 1, className: `dot-${service}` },
    ),
    Plot.dot(
      points.filter(({ isHollow }) => isHollow),
      {
        ...options,
        fill: NEUTRALS.background,
        stroke: COLORS[service],
        strokeWidth: 2,
        className: `hollow-${service}`,
      },
    ),
  ];
}

/** Beside the frame, spread, each tied to where its line ends. */
function createEndLabels(
  series: readonly LineSeries[],
  x: Axis,
  scaleY: (value: number) => number,
  [bottomPx, topPx]: readonly [number, number],
): Plot.Markish[] {
  const ends = series.flatMap(({ service, points }) => {
    const point = points.at(-1);
    return point ? [{ service, point }] : [];
  });
  const wantedPx = ends.map(({ point }) => scaleY(point.y));
  const placesPx = spreadLabels(wantedPx, LABEL_DISTANCE_PX, [topPx + 4, bottomPx - 4]);
  return ends.flatMap(({ service, point }, index) => {
    const movePx = (placesPx[index] ?? 0) - (wantedPx[index] ?? 0);
    return [
      Plot.link([point], {
        x1: 'x',
        y1: 'y',
        x2: () => x.domain[1],
        y2: () => invert(scaleY, point.y, movePx),
        stroke: COLORS[service],
        strokeWidth: 1,
        strokeOpacity: 0.6,
        className: `line-${service}`,
        ariaHidden: 'true',
      }),
      Plot.text([point], {
        x: () => x.domain[1],
        y: 'y',
        text: () => SHORT_TITLES[service],
        textAnchor: 'start',
        dx: 9,
        dy: movePx,
        fontWeight: 600,
        fill: COLORS[service],
        ...HALO,
        className: `label-${service}`,
      }),
    ];
  });
}

function createNotes(
  notes: readonly Note[],
  series: readonly LineSeries[],
  { x, y, frame: { widthPx, heightPx, margins } }: Pick<LinePanel, 'x' | 'y'> & { readonly frame: Frame },
): Plot.Markish[] {
  const bounds = {
    leftPx: margins.leftPx,
    topPx: margins.topPx,
    rightPx: widthPx - margins.rightPx,
    bottomPx: heightPx - margins.bottomPx,
  };
  const scaleX = createScale(x, [bounds.leftPx, bounds.rightPx]);
  const scaleY = createScale(y, [bounds.bottomPx, bounds.topPx]);
  const place = (point: { readonly x: number; readonly y: number }) => ({ xPx: scaleX(point.x), yPx: scaleY(point.y) });
  const wishes = notes.map((note) => ({ ...place(note), text: note.label, fontPx: NOTE_PX }));
  const obstacles = [
    ...notes.map((note) => boxAround(place(note), RING_RADIUS_PX)),
    ...series.flatMap(({ points }) => points.map((point) => boxAround(place(point), DOT_RADIUS_PX))),
  ];
  const labels = placeLabels(wishes, { gapPx: RING_RADIUS_PX + 3, first: 'above', bounds, obstacles });
  return notes.flatMap((note, index) => {
    const label = labels[index];
    const from = place(note);
    return [
      Plot.dot([note], {
        x: 'x',
        y: 'y',
        r: RING_RADIUS_PX,
        fill: 'none',
        stroke: NEUTRALS.text,
        strokeWidth: 1.5,
        title: 'tip',
        className: 'ring',
      }),
      label
        ? Plot.text([note], {
            x: 'x',
            y: 'y',
            text: 'label',
            dx: label.xPx - from.xPx,
            dy: label.yPx - from.yPx,
            fontSize: NOTE_PX,
            fill: NEUTRALS.text,
            ...HALO,
            className: 'note',
          })
        : [],
    ];
  });
}

/** The value whose place is `movePx` below that of `value`. */
function invert(scale: (value: number) => number, value: number, movePx: number): number {
  const decadePx = scale(value * 10) - scale(value);
  return value * 10 ** (movePx / decadePx);
}
