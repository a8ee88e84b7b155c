import { DOMParser, Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { SERVICE_TITLES, SERVICES } from '../../model/service.ts';
import { computeReport } from '../compute-report.ts';
import { formatCount, formatMs, formatUsdPerMillion } from '../format-number.ts';
import { changeTrial, createReportFacts } from '../report-facts.fixture.ts';
import type { ReportFacts } from '../report-facts.ts';
import type { ReportJson, SettingReport } from '../report-json.ts';
import type { SettingId } from '../setting-id.ts';
import type { ChartName } from './chart.ts';
import { SERVICE_COLORS } from './palette.ts';
import { renderCharts } from './render-charts.ts';

const NAMES: readonly ChartName[] = [
  'cost-against-batch-size',
  'arrival-against-batch-size',
  'arrival-distribution',
  'cost-against-p99',
  'cost-at-other-rates',
];
const report = computeReport(createReportFacts());

interface Mark {
  /** Lines of the text shown on hover. */
  readonly tip: readonly string[];
  readonly x: number;
  readonly y: number;
}

describe('renderCharts', () => {
  test('draws every chart of a default run, the same bytes each time, wide and narrow', () => {
    const charts = renderCharts(report);

    expect(charts.map(({ name }) => name)).toEqual(NAMES);
    expect(renderCharts(report)).toEqual(charts);
    expect(renderCharts(report, 'narrow')).toEqual(renderCharts(report, 'narrow'));
    expect(renderCharts(report, 'narrow')[0]?.svg).toContain('viewBox="0 0 380 ');
  });

  test('draws nothing, rather than empty charts, of a run of which nothing is left', () => {
    expect(renderCharts(computeReport(createReportFacts({ trials: [] })))).toEqual([]);
  });

  test.each(NAMES)('%s is a whole document with a role, a title and a description', (name) => {
    const { alt, svg, title } = renderChart(report, name);
    const root = parse(svg);

    expect(root.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
    expect(root.getAttribute('role')).toBe('img');
    const [titleId, descriptionId] = root.getAttribute('aria-labelledby')?.split(' ') ?? [];
    expect(findById(root, titleId)?.textContent).toBe(`${title} (emulated, seed 1)`);
    expect(findById(root, descriptionId)?.textContent).toBe(alt);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|href|url\(/);
  });

  test.each(NAMES)('%s says where the run happened', (name) => {
    const onAws = computeReport(
      createReportFacts({ environment: { emulated: false, region: 'us-east-1', accountId: '123456789012' } }),
    );

    expect(readTexts(renderChart(report, name).svg)).toMatch(/Emulated, seed 1\./);
    expect(readTexts(renderChart(onAws, name).svg)).toMatch(/AWS, us-east-1\./);
    expect(readTexts(renderChart(onAws, name).svg)).not.toMatch(/emulated|modelled/i);
  });

  test.each(NAMES)('%s says that a run is INVALID', (name) => {
    const { svg } = renderChart({ ...report, verdict: 'invalid' }, name);

    expect(readTexts(svg)).toContain("INVALID: the run's books do not balance; emulated, seed 1.");
    expect(readTexts(renderChart(report, name).svg)).not.toContain('INVALID');
  });

  test.each(NAMES)('%s has colours for light and for dark', (name) => {
    const { svg } = renderChart(report, name);
    const [light, dark] = svg.split('@media screen and (prefers-color-scheme: dark)');

    for (const service of SERVICES) {
      expect(light).toContain(SERVICE_COLORS.light[service]);
      expect(dark).toContain(`.line-${service}{stroke:${SERVICE_COLORS.dark[service]}}`);
    }
  });

  test.each([
    { what: 'one batch size', keeps: ({ batchSize }: SettingReport) => batchSize === 10 },
    { what: 'one service', keeps: ({ service }: SettingReport) => service === 'kinesis' },
    { what: 'one setting', keeps: (it: SettingReport) => it.service === 'sqs' && it.batchSize === 10 },
  ])('draws all charts of $what', ({ keeps }) => {
    const kept = report.settings.filter(keeps).map(({ service, batchSize }) => `${service}-b${batchSize}-r1`);
    const small = computeReport(keepTrials(createReportFacts(), kept));
    const charts = renderCharts(small);

    expect(charts.map(({ name }) => name)).toEqual(NAMES);
    for (const { svg } of charts) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(readMarks(charts[0]?.svg ?? '')).toHaveLength(kept.length);
  });
});

describe('numbers in charts', () => {
  test('cost-against-batch-size shows the cost of every setting where its axes have it', () => {
    const marks = readMarks(renderChart(report, 'cost-against-batch-size').svg);

    expectMarks(
      marks,
      report.settings,
      ({ cost }) => `$${formatUsdPerMillion(cost.perMillionUsd)} per million messages`,
    );
    expectLogarithmic(marks, report.settings, 'x', ({ batchSize }) => batchSize);
    expectLogarithmic(marks, report.settings, 'y', ({ cost }) => cost.perMillionUsd);
  });

  test('arrival-against-batch-size shows p50 and p99 of every setting on one scale', () => {
    const marks = readMarks(renderChart(report, 'arrival-against-batch-size').svg);
    const medians = marks.filter(({ tip }) => tip[1]?.startsWith('p50'));
    const p99s = marks.filter(({ tip }) => tip[1]?.startsWith('p99'));

    expectMarks(medians, report.settings, ({ arrival }) => `p50 of arrival: ${formatMs(arrival.quantilesMs[0.5])} ms`);
    expectMarks(p99s, report.settings, ({ arrival }) => `p99 of arrival: ${formatMs(arrival.quantilesMs[0.99])} ms`);
    const medianScale = expectLogarithmic(medians, report.settings, 'y', ({ arrival }) => arrival.quantilesMs[0.5]);
    const p99Scale = expectLogarithmic(p99s, report.settings, 'y', ({ arrival }) => arrival.quantilesMs[0.99]);
    expect(p99Scale.decadePx).toBeCloseTo(medianScale.decadePx, 0);
    expect(p99Scale.originPx).toBeCloseTo(medianScale.originPx, -1);
  });

  test('arrival-against-batch-size has no p99 of settings with too few messages, and says so', () => {
    const facts = createReportFacts();
    const few = changeTrial(facts, 'sqs-b10-r1', {
      arrivals: { arrived: 50, lines: 50, arrival: [[100, 50]], delivery: [[50, 50]] },
    });
    const { svg } = renderChart(computeReport(few), 'arrival-against-batch-size');
    const tips = readMarks(svg).map(({ tip }) => tip.join(' '));

    expect(tips.filter((tip) => tip.startsWith('SQS, batch size 10 '))).toEqual([
      'SQS, batch size 10 p50 of arrival: 100 ms',
    ]);
    expect(tips).toHaveLength(23);
    expect(readTexts(svg)).toContain('A p99 takes 100 messages, which 1 setting did not have.');
  });

  test('cost-against-p99 shows every setting, and fills those on the front', () => {
    const { svg } = renderChart(report, 'cost-against-p99');
    const marks = readMarks(svg);

    expectMarks(
      marks,
      report.settings,
      ({ cost }) => `$${formatUsdPerMillion(cost.perMillionUsd)} per million messages`,
    );
    expectLogarithmic(marks, report.settings, 'x', ({ arrival }) => arrival.quantilesMs[0.99]);
    expectLogarithmic(marks, report.settings, 'y', ({ cost }) => cost.perMillionUsd);
    const front = marks.filter(({ tip }) => tip.at(-1) === 'On the front').map(({ tip }) => tip[0]);
    expect(front.toSorted()).toEqual(report.choice.front.map(nameSetting).toSorted());
  });

  test('arrival-distribution marks p50, p90 and p99 of every setting, on curves of the JSON’s points', () => {
    const { svg } = renderChart(report, 'arrival-distribution');
    const tips = readMarks(svg).map(({ tip }) => tip.join(': '));

    const expected = report.settings.flatMap((setting) =>
      ([0.5, 0.9, 0.99] as const).map(
        (probability) =>
          `${nameSetting(setting)}: ${probability * 100} % in S3 within ${formatMs(setting.arrival.quantilesMs[probability])} ms`,
      ),
    );
    expect(tips.toSorted()).toEqual(expected.toSorted());
    const vertices = listCurves(svg).map((d) => d.match(/[ML]/g)?.length ?? 0);
    // From zero up and on to the right end; each step takes two vertices.
    expect(vertices).toEqual(report.settings.map(({ arrivalEcdf }) => 2 * (arrivalEcdf.length + 2) - 1));
  });

  test('cost-at-other-rates shows every projected rate and every break-even point', () => {
    const marks = readMarks(renderChart(report, 'cost-at-other-rates').svg);
    const { settings, breakEvens } = report.projection;

    const rates = marks.filter(({ tip }) => !tip[0]?.startsWith('Break-even'));
    expect(rates).toHaveLength(settings.length * 6);
    for (const setting of settings) {
      for (const { messagesPerSecond, perMonthUsd } of setting.rates) {
        const month = perMonthUsd < 100 ? perMonthUsd.toFixed(2) : formatCount(perMonthUsd);
        const found = rates.filter(
          ({ tip }) =>
            tip[0] === nameSetting(setting) &&
            tip[1]?.startsWith(`${formatCount(messagesPerSecond)} messages a second: `) &&
            tip[2]?.startsWith(`$${month} a month`),
        );
        expect(found).toHaveLength(1);
      }
    }
    const points = marks.filter(({ tip }) => tip[0]?.startsWith('Break-even'));
    expect(points).toHaveLength(breakEvens.length);
  });

  test('cost-at-other-rates shows the smallest, the middle and the largest of many batch sizes', () => {
    const settings = report.projection.settings.flatMap((setting) =>
      setting.batchSize === 1 ? [1, 2, 5, 10, 20].map((batchSize) => ({ ...setting, batchSize })) : [],
    );
    const many = { ...report, projection: { settings, breakEvens: [] } };
    const { svg, alt } = renderChart(many, 'cost-at-other-rates');

    expect(readTexts(svg)).toContain('Shown: 3 of 5 batch sizes.');
    expect(alt).toContain('batch sizes 1, 5, 20.');
  });

  test('every service has its own marker, alike in all charts', () => {
    const listShapes = (name: ChartName) => {
      const groups = [...parse(renderChart(report, name).svg).getElementsByTagName('g')];
      return SERVICES.map((service) => {
        const group = groups.find((one) => one.getAttribute('class') === `dot-${service}`);
        const [mark] = [...(group?.childNodes ?? [])].filter((node) => node instanceof Element);
        return `${mark?.tagName} ${mark?.getAttribute('d')?.replaceAll(/[\d.,-]+/g, '')}`;
      });
    };

    expect(new Set(listShapes('cost-against-batch-size')).size).toBe(SERVICES.length);
    expect(listShapes('arrival-against-batch-size')).toEqual(listShapes('cost-against-batch-size'));
  });
});

function renderChart(of: ReportJson, name: ChartName) {
  const chart = renderCharts(of).find((one) => one.name === name);
  if (!chart) throw new Error(`there is no chart ${name}`);
  return chart;
}

function keepTrials(facts: ReportFacts, trialIds: readonly string[]): ReportFacts {
  return { ...facts, trials: facts.trials.filter(({ result }) => trialIds.includes(result.trial.trialId)) };
}

function parse(svg: string): Element {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (!root) throw new Error('the chart is empty');
  return root;
}

function findById(root: Element, id: string | undefined): Element | undefined {
  return [...root.getElementsByTagName('*')].find((element) => element.getAttribute('id') === id);
}

function readTexts(svg: string): string {
  return [...parse(svg).getElementsByTagName('text')].map((text) => text.textContent).join(' ');
}

/** Marks with their places in pixels of their panel. */
function readMarks(svg: string): Mark[] {
  return [...parse(svg).getElementsByTagName('*')]
    .filter((element) => element.getAttribute('class') === 'mark')
    .map((element) => {
      const [, translateX, translateY] = element.getAttribute('transform')?.match(/translate\(([^,]+),([^)]+)\)/) ?? [];
      return {
        tip: element.getElementsByTagName('title')[0]?.textContent?.split('\n') ?? [],
        x: Number(element.getAttribute('cx') ?? translateX),
        y: Number(element.getAttribute('cy') ?? translateY),
      };
    });
}

function listCurves(svg: string): string[] {
  return [...parse(svg).getElementsByTagName('g')]
    .filter((group) => group.getAttribute('class')?.startsWith('line-'))
    .flatMap((group) => [...group.getElementsByTagName('path')].map((path) => path.getAttribute('d') ?? ''));
}

function nameSetting({ service, batchSize }: SettingId): string {
  return `${SERVICE_TITLES[service]}, batch size ${formatCount(batchSize)}`;
}

/** One mark for each setting, with its number on the second line. */
function expectMarks(
  marks: readonly Mark[],
  settings: readonly SettingReport[],
  renderSecondLine: (setting: SettingReport) => string,
): void {
  const lines = marks.map(({ tip: [first, second] }) => `${first}: ${second}`);
  const expected = settings.map((setting) => `${nameSetting(setting)}: ${renderSecondLine(setting)}`);
  expect(lines.toSorted()).toEqual(expected.toSorted());
}

/** Two marks fix a logarithmic scale; all others have to lie on it to within a pixel. */
function expectLogarithmic(
  marks: readonly Mark[],
  settings: readonly SettingReport[],
  axis: 'x' | 'y',
  compute: (setting: SettingReport) => number | undefined,
): { decadePx: number; originPx: number } {
  const points = marks.map((mark) => {
    const setting = settings.find((one) => nameSetting(one) === mark.tip[0]);
    return { decades: Math.log10((setting && compute(setting)) ?? Number.NaN), px: mark[axis] };
  });
  const [low, high] = [
    points.toSorted((a, b) => a.decades - b.decades)[0],
    points.toSorted((a, b) => b.decades - a.decades)[0],
  ];
  if (!low || !high) throw new Error('there are no marks');
  const decadePx = (high.px - low.px) / (high.decades - low.decades);
  const originPx = low.px - low.decades * decadePx;
  for (const { decades, px } of points) expect(Math.abs(px - (originPx + decades * decadePx))).toBeLessThan(1);
  expect(Math.abs(decadePx)).toBeGreaterThan(20);
  return { decadePx, originPx };
}
