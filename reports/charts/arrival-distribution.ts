// When messages had arrived: the empirical distribution function of every setting, a panel for each service.

import * as Plot from '@observablehq/plot';
import type { Document, Element } from '@xmldom/xmldom';
import { SERVICE_TITLES, SERVICES, type Service } from '../../model/service.ts';
import { formatMs, formatPercent } from '../format-number.ts';
import type { ReportJson, SettingReport } from '../report-json.ts';
import { type Axis, createLogAxis, createScale, formatMsTick } from './axis.ts';
import type { Chart, ChartDescription, ChartSize } from './chart.ts';
import { CHART_WIDTHS_PX, composeChart, createSvgDocument } from './compose-chart.ts';
import { createAxes, createPanelTitle, createPlotOptions, type Frame, HALO, type Margins } from './line-panel.ts';
import { NEUTRAL_COLORS, SERVICE_COLORS, SERVICE_SYMBOLS } from './palette.ts';
import { listServices, nameBatchSizes, titleSetting } from './series.ts';
import { type Box, boxBeside, isFree } from './text-layout.ts';

const COLORS = SERVICE_COLORS.light;
const NEUTRALS = NEUTRAL_COLORS.light;
const HEIGHT_PX = 250;
const MARGINS: Margins = { leftPx: 62, rightPx: 46, topPx: 52, bottomPx: 44 };
const MARKED = [0.5, 0.9, 0.99] as const;
const LABEL_PX = 11;
const LABEL_GAP_PX = 6;
/** Curves that are nearer than this at their middle share a label. */
const GROUP_PX = 7;
const MIDDLE = 0.5;
/** Shares at which a batch size may stand beside its curve, the likeliest to be free first. */
const LABEL_SHARES = [0.5, 0.63, 0.37, 0.76, 0.24];

interface Curve {
  readonly setting: SettingReport;
  readonly points: readonly (readonly [latencyMs: number, share: number])[];
  /** 0 for the smallest batch size of the service, 1 for the largest. */
  readonly rank: number;
}

export const arrivalDistribution: Chart = {
  name: 'arrival-distribution',

  describe(report) {
    const services = listServicesWithCurves(report);
    if (services.length === 0) return undefined;
    return {
      title: 'When messages had arrived',
      alt: `Empirical distribution functions, one panel for each of ${listServices(services.map((service) => ({ service })))}, one curve for each batch size: the share of messages that were in S3 within a time, which is on a logarithmic axis. The results table has the p50, p90, p99 and maximum of each.`,
    };
  },

  draw(report: ReportJson, description: ChartDescription, size: ChartSize): string {
    const document = createSvgDocument();
    const services = listServicesWithCurves(report);
    const latenciesMs = services
      .flatMap((service) => createCurves(report, service))
      .flatMap(({ points }) => points.map(([latencyMs]) => latencyMs));
    const x = createLogAxis(latenciesMs, { label: 'arrival (log scale)', formatTick: formatMsTick });
    const columns = size === 'wide' ? Math.min(2, services.length) : 1;
    const panel = { widthPx: CHART_WIDTHS_PX[size] / columns, heightPx: HEIGHT_PX };
    return composeChart({
      name: 'arrival-distribution',
      size,
      description,
      subtitle: `${report.environment.emulated ? 'Latencies are modelled. ' : ''}Share of messages in S3 within a time of their schedule. Numbers are batch sizes; marks are p50, p90 and p99.`,
      report,
      document,
      panels: services.map((service, index) => ({
        xPx: (index % columns) * panel.widthPx,
        yPx: Math.floor(index / columns) * panel.heightPx,
        ...panel,
        drawing: drawPanel(document, { service, curves: createCurves(report, service), x, ...panel }),
      })),
    });
  },
};

function listServicesWithCurves(report: ReportJson): Service[] {
  return SERVICES.filter((service) => createCurves(report, service).length > 0);
}

/** Points at zero and below have no place on a logarithmic axis; the share of those after them counts them in. */
function createCurves({ settings }: ReportJson, service: Service): Curve[] {
  const shown = settings
    .filter((setting) => setting.service === service)
    .sort((a, b) => a.batchSize - b.batchSize)
    .map((setting) => ({ setting, points: setting.arrivalEcdf.filter(([latencyMs]) => latencyMs > 0) }))
    .filter(({ points }) => points.length > 0);
  return shown.map((curve, index) => ({ ...curve, rank: shown.length === 1 ? 1 : index / (shown.length - 1) }));
}

interface PanelProps {
  readonly service: Service;
  readonly curves: readonly Curve[];
  readonly x: Axis;
  readonly widthPx: number;
  readonly heightPx: number;
}

function drawPanel(document: Document, { service, curves, x, widthPx, heightPx }: PanelProps): Element {
  const y: Axis = {
    type: 'linear',
    domain: [0, 1],
    ticks: [0, 0.25, 0.5, 0.75, 1],
    label: 'share of messages',
    formatTick: (share) => formatPercent(share),
  };
  const frame: Frame = { widthPx, heightPx, margins: MARGINS };
  return Plot.plot({
    ...createPlotOptions(document, frame),
    x: { type: x.type, domain: x.domain, axis: null },
    y: { type: y.type, domain: y.domain, axis: null },
    marks: [
      createAxes(x, y, frame),
      createPanelTitle(SERVICE_TITLES[service], MARGINS),
      curves.map((curve) => createCurve(curve, x)),
      curves.map(createQuantiles),
      createLabels(curves, x, frame),
    ],
  });
}

/** From nothing up, in steps, and on to the right end. */
function createCurve({ setting: { service }, points, rank }: Curve, x: Axis): Plot.Markish {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  return Plot.line([[first[0], 0], ...points, [x.domain[1], last[1]]], {
    curve: 'step-after',
    stroke: COLORS[service],
    strokeWidth: 1.25 + 0.75 * rank,
    strokeOpacity: 0.45 + 0.55 * rank,
    className: `line-${service}`,
    ariaHidden: 'true',
  });
}

function createQuantiles({ setting }: Curve): Plot.Markish {
  const { service, arrival } = setting;
  const points = MARKED.flatMap((probability) => {
    const quantileMs = arrival.quantilesMs[probability];
    if (quantileMs === undefined || quantileMs <= 0) return [];
    const tip = `${titleSetting(setting)}\n${formatPercent(probability)} in S3 within ${formatMs(quantileMs)} ms`;
    return [{ quantileMs, probability, tip }];
  });
  return Plot.dot(points, {
    x: 'quantileMs',
    y: 'probability',
    symbol: SERVICE_SYMBOLS[service],
    r: 3,
    fill: COLORS[service],
    stroke: NEUTRALS.background,
    strokeWidth: 1,
    title: 'tip',
    className: `dot-${service}`,
  });
}

/** Batch sizes beside their curves, where it is free; one label for curves that run together. */
function createLabels(curves: readonly Curve[], x: Axis, { widthPx, heightPx, margins }: Frame): Plot.Markish[] {
  const scaleX = createScale(x, [margins.leftPx, widthPx - margins.rightPx]);
  const scaleY = (share: number) => heightPx - margins.bottomPx - share * (heightPx - margins.bottomPx - margins.topPx);
  const bounds = {
    leftPx: margins.leftPx,
    topPx: margins.topPx,
    rightPx: widthPx - 2,
    bottomPx: heightPx - margins.bottomPx,
  };
  const all = curves.map(({ setting }) => setting.batchSize);
  const taken: Box[] = [];
  return groupCurves(curves, scaleX).flatMap((group) => {
    const text = nameBatchSizes(
      group.map(({ setting }) => setting.batchSize),
      all,
    );
    const [rightmost] = group.toSorted((a, b) => findLatencyMs(b, MIDDLE) - findLatencyMs(a, MIDDLE));
    if (!rightmost) return [];
    for (const share of LABEL_SHARES) {
      const latencyMs = findLatencyMs(rightmost, share);
      const place = { xPx: scaleX(latencyMs), yPx: scaleY(share) };
      const box = boxBeside(place, text, LABEL_PX, LABEL_GAP_PX);
      if (!isFree(box, bounds, taken)) continue;
      taken.push(box);
      const { service } = rightmost.setting;
      return [
        Plot.text([[latencyMs, share]], {
          text: () => text,
          textAnchor: 'start',
          dx: LABEL_GAP_PX,
          fontSize: LABEL_PX,
          fill: COLORS[service],
          ...HALO,
          className: `label-${service}`,
        }),
      ];
    }
    return [];
  });
}

/** Curves whose middles are so near that their labels would lie on each other, from left to right. */
function groupCurves(curves: readonly Curve[], scaleX: (latencyMs: number) => number): Curve[][] {
  const groups: Curve[][] = [];
  for (const curve of curves.toSorted((a, b) => findLatencyMs(a, MIDDLE) - findLatencyMs(b, MIDDLE))) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const isNear = first && scaleX(findLatencyMs(curve, MIDDLE)) - scaleX(findLatencyMs(first, MIDDLE)) < GROUP_PX;
    if (group && isNear) group.push(curve);
    else groups.push([curve]);
  }
  return groups;
}

/** By when that share of the messages had arrived. */
function findLatencyMs({ points }: Curve, share: number): number {
  const point = points.find(([, upTo]) => upTo >= share) ?? points.at(-1);
  return point?.[0] ?? 0;
}
