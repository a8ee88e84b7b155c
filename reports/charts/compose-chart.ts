// Puts panels, title and description into one SVG document.

import { DOMImplementation, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import type { ReportJson } from '../report-json.ts';
import type { ChartDescription, ChartName, ChartSize } from './chart.ts';
import { NEUTRAL_COLORS } from './palette.ts';
import { CHART_CLASS, CHART_STYLE_SHEET } from './style-sheet.ts';
import { wrapText } from './text-layout.ts';

export const CHART_WIDTHS_PX: Readonly<Record<ChartSize, number>> = { wide: 760, narrow: 380 };
const FONT_FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
/** Of everything but titles. */
export const FONT_PX = 12;

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const TITLE_PX = 17;
const PADDING_PX = 16;

/** A drawing, and where its left upper corner goes beneath the title. */
export interface Panel {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** `<svg>`, made in the document that `createSvgDocument` gives. */
  readonly drawing: Element;
}

export interface Composition {
  readonly name: ChartName;
  readonly size: ChartSize;
  readonly description: ChartDescription;
  /** How to read it; where it was measured is put before it, and whether the run can be relied on at all. */
  readonly subtitle: string;
  readonly report: Pick<ReportJson, 'environment' | 'verdict'>;
  readonly document: Document;
  readonly panels: readonly Panel[];
}

export function createSvgDocument(): Document {
  return new DOMImplementation().createDocument(SVG_NAMESPACE, 'svg', null);
}

/** The same input gives the same bytes. */
export function composeChart(composition: Composition): string {
  const { name, size, description, report, document, panels } = composition;
  const widthPx = CHART_WIDTHS_PX[size];
  const head = createHead(composition);
  const heightPx = head.heightPx + Math.max(...panels.map((panel) => panel.yPx + panel.heightPx)) + PADDING_PX / 2;
  const id = size === 'wide' ? name : `${name}-narrow`;
  const svg = createElement(document, 'svg', {
    xmlns: SVG_NAMESPACE,
    class: CHART_CLASS,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-description`,
    viewBox: `0 0 ${widthPx} ${heightPx}`,
    width: widthPx,
    height: heightPx,
    'font-family': FONT_FAMILY,
    'font-size': FONT_PX,
  });
  appendText(svg, 'title', { id: `${id}-title` }, `${description.title} (${renderOrigin(report)})`);
  appendText(svg, 'desc', { id: `${id}-description` }, description.alt);
  appendText(svg, 'style', {}, CHART_STYLE_SHEET);
  const { background } = NEUTRAL_COLORS.light;
  svg.appendChild(
    createElement(document, 'rect', { class: 'background', fill: background, width: widthPx, height: heightPx, rx: 8 }),
  );
  for (const text of head.texts) svg.appendChild(text);
  for (const { drawing, xPx, yPx } of panels) {
    preparePanel(drawing, xPx, yPx + head.heightPx);
    svg.appendChild(drawing);
  }
  return `${roundNumbers(new XMLSerializer().serializeToString(svg))}\n`;
}

/** Said in the chart itself, because a chart travels without its report. */
function renderOrigin({ environment, verdict }: Composition['report']): string {
  const place = environment.emulated ? `emulated, seed ${environment.seed}` : `AWS, ${environment.region}`;
  return verdict === 'invalid' ? `INVALID: the run's books do not balance; ${place}` : place;
}

function createHead({ document, size, description, subtitle, report }: Composition): {
  texts: Element[];
  heightPx: number;
} {
  const textPx = CHART_WIDTHS_PX[size] - 2 * PADDING_PX;
  const { text, quiet } = NEUTRAL_COLORS.light;
  const origin = renderOrigin(report);
  const badge = `${origin.charAt(0).toUpperCase()}${origin.slice(1)}. `;
  const titles = wrapText(description.title, textPx, TITLE_PX).map((line, index) => ({
    line,
    yPx: PADDING_PX + 14 + index * 21,
    attributes: { class: 'text', fill: text, 'font-size': TITLE_PX, 'font-weight': 600 },
  }));
  const topPx = PADDING_PX + 14 + titles.length * 21;
  const subtitles = wrapText(`${badge}${subtitle}`, textPx, FONT_PX).map((line, index) => ({
    line,
    yPx: topPx + index * 16,
    attributes: { class: 'quiet', fill: quiet },
  }));
  const texts = [...titles, ...subtitles].map(({ line, yPx, attributes }) => {
    const element = createElement(document, 'text', { ...attributes, x: PADDING_PX, y: yPx });
    element.appendChild(document.createTextNode(line));
    return element;
  });
  return { texts, heightPx: topPx + subtitles.length * 16 + 2 };
}

/** What Plot makes is meant to stand alone; here it is a part. Every mark with a title becomes one that a reader can point at. */
function preparePanel(drawing: Element, xPx: number, yPx: number): void {
  for (const style of [...drawing.getElementsByTagName('style')]) style.parentNode?.removeChild(style);
  for (const name of ['class', 'font-family', 'font-size']) drawing.removeAttribute(name);
  drawing.setAttribute('x', String(xPx));
  drawing.setAttribute('y', String(yPx));
  drawing.setAttribute('overflow', 'visible');
  for (const title of [...drawing.getElementsByTagName('title')]) {
    const mark = title.parentNode;
    if (mark && 'setAttribute' in mark && typeof mark.setAttribute === 'function') mark.setAttribute('class', 'mark');
  }
}

function createElement(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): Element {
  const element = document.createElementNS(SVG_NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}

function appendText(
  parent: Element,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text: string,
): void {
  const document = parent.ownerDocument;
  if (!document) return;
  const element = createElement(document, name, attributes);
  element.appendChild(document.createTextNode(text));
  parent.appendChild(element);
}

/** A tenth of a pixel in paths, a hundredth elsewhere: enough, and it hides that processors differ in the last digit of a logarithm. */
function roundNumbers(svg: string): string {
  return svg.replaceAll(/ ([\w-]+)="([^"<>]*\d\.\d{2,}[^"<>]*)"/g, (_, name: string, value: string) => {
    const digits = name === 'd' ? 1 : 2;
    const rounded = value.replaceAll(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(digits))));
    return ` ${name}="${rounded}"`;
  });
}
