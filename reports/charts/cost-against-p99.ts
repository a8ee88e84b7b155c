// What each setting costs against how late its slowest messages are, with the settings that no other beats in both.

import * as Plot from '@observablehq/plot';
import type { Document, Element } from '@xmldom/xmldom';
import { SERVICES, type Service } from '../../model/service.ts';
import type { RatedSetting } from '../choice-json.ts';
import { formatMs, formatNoun, formatUsdPerMillion } from '../format-number.ts';
import type { ReportJson } from '../report-json.ts';
import { isSameSetting, toSettingId } from '../setting-id.ts';
import { type Axis, createLogAxis, createScale, formatMsTick, formatUsdTick } from './axis.ts';
import type { Chart, ChartDescription, ChartSize } from './chart.ts';
import { CHART_WIDTHS_PX, composeChart, createSvgDocument } from './compose-chart.ts';
import { createAxes, createPlotOptions, DOT_RADIUS_PX, type Frame, HALO, type Margins } from './line-panel.ts';
import { NEUTRAL_COLORS, SERVICE_COLORS, SERVICE_SYMBOLS, SHORT_TITLES } from './palette.ts';
import { listServices, nameBatchSizes, titleSetting } from './series.ts';
import { boxAround, type LabelWish, type Place, placeLabels } from './text-layout.ts';

const COLORS = SERVICE_COLORS.light;
const NEUTRALS = NEUTRAL_COLORS.light;
const HEIGHTS_PX: Readonly<Record<ChartSize, number>> = { wide: 440, narrow: 400 };
const MARGINS: Margins = { leftPx: 62, rightPx: 34, topPx: 32, bottomPx: 44 };
const NAME_PX = 12;
const BATCH_SIZE_PX = 11;
/** Marks of a service nearer than this share a label. */
const TOUCHING_PX = 10;

interface Candidate extends RatedSetting {
  readonly isOnFront: boolean;
}

export const costAgainstP99: Chart = {
  name: 'cost-against-p99',

  describe(report) {
    const candidates = listCandidates(report);
    if (candidates.length === 0) return undefined;
    const services = SERVICES.filter((service) => candidates.some((candidate) => candidate.service === service));
    const front = report.choice.front.map(
      (setting) =>
        `${titleSetting(setting)} ($${formatUsdPerMillion(setting.perMillionUsd)}, ${formatMs(setting.p99Ms)} ms)`,
    );
    return {
      title: 'Cost against p99 of arrival',
      alt: `Scatter chart, both axes logarithmic: US dollars per million messages against the p99 of arrival, one mark for each batch size of ${listServices(services.map((service) => ({ service })))}. On the front, cheapest first: ${front.join('; ')}.`,
    };
  },

  draw(report: ReportJson, description: ChartDescription, size: ChartSize): string {
    const document = createSvgDocument();
    const panel = { widthPx: CHART_WIDTHS_PX[size], heightPx: HEIGHTS_PX[size] };
    return composeChart({
      name: 'cost-against-p99',
      size,
      description,
      subtitle: `${report.environment.emulated ? 'Latencies are modelled. ' : ''}Numbers are batch sizes. Filled marks are on the front (grey line): no other setting is both cheaper and faster. Left and down is better.${renderUnjudged(report)}`,
      report,
      document,
      panels: [
        {
          xPx: 0,
          yPx: 0,
          ...panel,
          drawing: drawScatter(document, listCandidates(report), { ...panel, margins: MARGINS }),
        },
      ],
    });
  },
};

function listCandidates({ settings, choice }: ReportJson): Candidate[] {
  return settings.flatMap((setting) => {
    const { perMillionUsd } = setting.cost;
    const p99Ms = setting.arrival.quantilesMs[0.99];
    // A logarithmic axis has no place for what is not above zero.
    if (perMillionUsd === undefined || perMillionUsd <= 0 || p99Ms === undefined || p99Ms <= 0) return [];
    const isOnFront = choice.front.some((other) => isSameSetting(other, setting));
    return [{ ...toSettingId(setting), perMillionUsd, p99Ms, isOnFront }];
  });
}

function renderUnjudged({ choice: { unjudged } }: ReportJson): string {
  return unjudged === 0 ? '' : ` Left out: ${formatNoun(unjudged, 'setting')} with fewer than 100 messages.`;
}

function drawScatter(document: Document, candidates: readonly Candidate[], frame: Frame): Element {
  const x = createLogAxis(
    candidates.map(({ p99Ms }) => p99Ms),
    { label: 'p99 of arrival (log scale)', formatTick: formatMsTick },
  );
  const y = createLogAxis(
    candidates.map(({ perMillionUsd }) => perMillionUsd),
    { label: 'USD per million messages (log scale)', formatTick: formatUsdTick },
  );
  return Plot.plot({
    ...createPlotOptions(document, frame),
    x: { type: x.type, domain: x.domain, axis: null },
    y: { type: y.type, domain: y.domain, axis: null },
    marks: [
      createAxes(x, y, frame),
      createFront(candidates, x, y),
      SERVICES.map((service) => createServiceMarks(candidates.filter((candidate) => candidate.service === service))),
      createLabels(candidates, x, y, frame),
    ],
  });
}

/** A staircase: for every p99, what the cheapest setting within it costs. It goes on to both ends of the frame. */
function createFront(candidates: readonly Candidate[], x: Axis, y: Axis): Plot.Markish[] {
  const front = candidates.filter(({ isOnFront }) => isOnFront).sort((a, b) => a.p99Ms - b.p99Ms);
  const [fastest, cheapest] = [front[0], front.at(-1)];
  if (!fastest || !cheapest) return [];
  const corners: [number, number][] = [
    [fastest.p99Ms, y.domain[1]],
    ...front.map(({ p99Ms, perMillionUsd }): [number, number] => [p99Ms, perMillionUsd]),
    [x.domain[1], cheapest.perMillionUsd],
  ];
  return [
    Plot.line(corners, {
      curve: 'step-after',
      stroke: NEUTRALS.front,
      strokeWidth: 6,
      strokeOpacity: 0.35,
      strokeLinejoin: 'round',
      className: 'front',
      ariaHidden: 'true',
    }),
  ];
}

/** A thin line ties the batch sizes of a service together, in their order. */
function createServiceMarks(candidates: readonly Candidate[]): Plot.Markish[] {
  const service = candidates[0]?.service;
  if (!service) return [];
  const points = candidates.map((candidate) => ({
    ...candidate,
    tip: `${titleSetting(candidate)}\n$${formatUsdPerMillion(candidate.perMillionUsd)} per million messages\np99 of arrival: ${formatMs(candidate.p99Ms)} ms${candidate.isOnFront ? '\nOn the front' : ''}`,
  }));
  const options = { x: 'p99Ms', y: 'perMillionUsd', symbol: SERVICE_SYMBOLS[service], title: 'tip' };
  return [
    Plot.line(
      points.toSorted((a, b) => a.batchSize - b.batchSize),
      {
        x: 'p99Ms',
        y: 'perMillionUsd',
        stroke: COLORS[service],
        strokeWidth: 1,
        strokeOpacity: 0.55,
        className: `line-${service}`,
        ariaHidden: 'true',
      },
    ),
    Plot.dot(
      points.filter(({ isOnFront }) => !isOnFront),
      {
        ...options,
        r: DOT_RADIUS_PX,
        fill: NEUTRALS.background,
        stroke: COLORS[service],
        strokeWidth: 1.75,
        className: `hollow-${service}`,
      },
    ),
    Plot.dot(
      points.filter(({ isOnFront }) => isOnFront),
      {
        ...options,
        r: DOT_RADIUS_PX + 1,
        fill: COLORS[service],
        stroke: NEUTRALS.background,
        strokeWidth: 1,
        className: `dot-${service}`,
      },
    ),
  ];
}

/** The service's name at its smallest batch size, and every batch size that there is room for, those on the front first. */
function createLabels(
  candidates: readonly Candidate[],
  x: Axis,
  y: Axis,
  { widthPx, heightPx, margins }: Frame,
): Plot.Markish[] {
  const bounds = {
    leftPx: margins.leftPx + 2,
    topPx: margins.topPx,
    rightPx: widthPx - 4,
    bottomPx: heightPx - margins.bottomPx - 2,
  };
  const scaleX = createScale(x, [margins.leftPx, widthPx - margins.rightPx]);
  const scaleY = createScale(y, [heightPx - margins.bottomPx, margins.topPx]);
  const place = ({ p99Ms, perMillionUsd }: Candidate) => ({ xPx: scaleX(p99Ms), yPx: scaleY(perMillionUsd) });
  const groups = SERVICES.flatMap((service) => groupNear(candidates, service, place)).sort(byImportance);
  const wishes = groups.map((group) => ({ ...createWish(group), ...place(group.at), candidate: group.at }));
  const obstacles = candidates.map((candidate) => boxAround(place(candidate), DOT_RADIUS_PX + 1));
  const placed = placeLabels(wishes, { gapPx: 8, bounds, obstacles });
  return wishes.flatMap(({ candidate, text, fontPx, isBold, ...wish }, index) => {
    const label = placed[index];
    if (!label) return [];
    return [
      Plot.text([candidate], {
        x: 'p99Ms',
        y: 'perMillionUsd',
        text: () => text,
        dx: label.xPx - wish.xPx,
        dy: label.yPx - wish.yPx,
        fontSize: fontPx,
        fontWeight: isBold ? 600 : 400,
        fill: COLORS[candidate.service],
        ...HALO,
        className: `label-${candidate.service}`,
      }),
    ];
  });
}

/** Marks of a service that touch, under one label. */
interface Group {
  /** The one that the label stands at: the smallest batch size. */
  readonly at: Candidate;
  readonly batchSizes: number[];
  /** Of the service. */
  readonly allBatchSizes: readonly number[];
}

function groupNear(
  candidates: readonly Candidate[],
  service: Service,
  place: (candidate: Candidate) => Place,
): Group[] {
  const ofService = candidates
    .filter((candidate) => candidate.service === service)
    .sort((a, b) => a.batchSize - b.batchSize);
  const allBatchSizes = ofService.map(({ batchSize }) => batchSize);
  const groups: Group[] = [];
  for (const candidate of ofService) {
    const { xPx, yPx } = place(candidate);
    const near = groups.find(({ at }) => Math.hypot(place(at).xPx - xPx, place(at).yPx - yPx) < TOUCHING_PX);
    if (near) near.batchSizes.push(candidate.batchSize);
    else groups.push({ at: candidate, batchSizes: [candidate.batchSize], allBatchSizes });
  }
  return groups;
}

function isNamed({ batchSizes, allBatchSizes }: Group): boolean {
  return allBatchSizes[0] !== undefined && batchSizes.includes(allBatchSizes[0]);
}

/** Names first, then the front, then the largest batch sizes. */
function byImportance(a: Group, b: Group): number {
  return (
    Number(isNamed(b)) - Number(isNamed(a)) ||
    Number(b.at.isOnFront) - Number(a.at.isOnFront) ||
    b.at.batchSize - a.at.batchSize
  );
}

function createWish(group: Group): Pick<LabelWish, 'text' | 'fontPx' | 'isBold' | 'mustShow'> {
  const batchSizes = nameBatchSizes(group.batchSizes, group.allBatchSizes);
  if (!isNamed(group)) return { text: batchSizes, fontPx: BATCH_SIZE_PX };
  return { text: `${SHORT_TITLES[group.at.service]} ${batchSizes}`, fontPx: NAME_PX, isBold: true, mustShow: true };
}
