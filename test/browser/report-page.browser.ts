// report.html in a real browser: what it shows, on hover too, how it fits, and that nothing in it runs that should not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LatencyCounts } from '../../model/latency-counts.ts';
import { SERVICE_TITLES } from '../../model/service.ts';
import { renderCharts } from '../../reports/charts/render-charts.ts';
import { computeReport } from '../../reports/compute-report.ts';
import { formatCount, formatUsdPerMillion } from '../../reports/format-number.ts';
import { renderHtml } from '../../reports/render-html.ts';
import { createReportFacts } from '../../reports/report-facts.fixture.ts';
import type { ReportFacts } from '../../reports/report-facts.ts';
import { ChromiumNotFoundError, findChromium, launchChromium } from './launch-chromium.ts';

const report = computeReport(createReportFacts());
const folder = mkdtempSync(join(tmpdir(), 'report-page-'));
const CONTRAST_OF_TEXT = 4.5;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface OpenPage {
  readonly page: Page;
  /** What the console said, and errors that nobody caught. */
  readonly complaints: string[];
  /** Addresses asked for, the page's own left out. */
  readonly requests: string[];
}

interface View {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
}

async function open(html: string, { width = 1280, ...options }: View = {}): Promise<OpenPage> {
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const { href } = pathToFileURL(file);
  page.on('request', (request) => request.url() !== href && requests.push(request.url()));
  await page.goto(href, { waitUntil: 'load' });
  return { page, complaints, requests };
}

describe('report.html', () => {
  test('loads without a complaint and without asking for anything', async () => {
    const { page, complaints, requests } = await open(renderHtml(report));

    expect(await page.title()).toBe('Eventing and messaging showdown: emulated-seed-1');
    expect(await page.locator('figure').count()).toBe(5);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test.each([390, 768, 1280])(
    'does not scroll sideways at %i px, and shows one drawing of each chart',
    async (width) => {
      const { page } = await open(renderHtml(report), { width });

      expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBe(width);
      expect(await page.locator('svg.showdown-chart:visible').count()).toBe(5);
      expect(await page.locator(`${width === 390 ? '.narrow' : '.wide'} > svg:visible`).count()).toBe(5);
      await page.context().close();
    },
  );

  test('lets a table that is wider than a phone scroll by itself, with the keyboard too', async () => {
    const { page } = await open(renderHtml(report), { width: 390 });
    const table = page.getByRole('region', { name: 'Table: Results' }).first();

    await table.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => table.evaluate((element: { scrollLeft: number }) => element.scrollLeft)).toBeGreaterThan(0);
    await page.context().close();
  });

  test.each([1280, 390])('shows on hover what report.json says, for every mark of a chart, at %i px', async (width) => {
    const { page } = await open(renderHtml(report), { width });
    const marks = page.locator('figure').first().locator('svg.showdown-chart:visible .mark');
    const tips: string[] = [];

    for (const mark of await marks.all()) {
      await mark.scrollIntoViewIfNeeded();
      const box = await mark.boundingBox();
      if (!box) throw new Error('a mark has no place');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      tips.push(await page.locator('.tip:visible').innerText());
    }

    const expected = report.settings.map(
      ({ service, batchSize, cost }) =>
        `${SERVICE_TITLES[service]}, batch size ${formatCount(batchSize)}\n$${formatUsdPerMillion(cost.perMillionUsd)} per million messages`,
    );
    expect(tips.toSorted()).toEqual(expected.toSorted());
    await page.context().close();
  });

  test('hides the tip when the pointer leaves the chart', async () => {
    const { page } = await open(renderHtml(report));
    const mark = page.locator('.wide .mark').nth(1);
    await mark.scrollIntoViewIfNeeded();
    await mark.hover();
    expect(await page.locator('.tip').isVisible()).toBe(true);

    await page.mouse.move(2, 2);

    expect(await page.locator('.tip').isVisible()).toBe(false);
    await page.context().close();
  });

  test('takes one tab stop for each chart, and goes from mark to mark by arrows', async () => {
    const { page } = await open(renderHtml(report));
    const stops = page.locator('.wide .mark[tabindex="0"]');
    const tip = page.locator('.tip');
    const marks = page.locator('figure').nth(1).locator('.wide .mark');
    expect(await stops.count()).toBe(5);

    await stops.nth(1).focus();
    const first = await tip.innerText();
    await page.keyboard.press('ArrowRight');
    const second = await tip.innerText();
    await page.keyboard.press('End');
    const last = await tip.innerText();
    await page.keyboard.press('Escape');

    const texts = await marks.evaluateAll((elements: { dataset: { tip: string } }[]) =>
      elements.map((it) => it.dataset.tip),
    );
    expect([first, second, last]).toEqual([texts[0], texts[1], texts.at(-1)]);
    expect(await marks.last().getAttribute('aria-label')).toBe(last.replace('\n', ', '));
    expect(await tip.isVisible()).toBe(false);
    await page.context().close();
  });

  test('keeps the numbers as titles where scripts do not run', async () => {
    const { page } = await open(renderHtml(report), { javaScriptEnabled: false });

    expect(await page.locator('.wide .mark > title').count()).toBeGreaterThan(100);
    expect(await page.locator('.wide .mark > title').first().textContent()).toBe(
      'EventBridge, batch size 1\n$6.681 per million messages',
    );
    await page.context().close();
  });

  test('changes its colours in the dark, and can be read in both', async () => {
    const backgrounds: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(renderHtml(report), { colorScheme });
      const contrasts: Contrast[] = JSON.parse(String(await page.evaluate(MEASURE_CONTRASTS)));
      backgrounds.push(String(await page.evaluate('getComputedStyle(document.body).backgroundColor')));

      expect(contrasts.length).toBeGreaterThan(300);
      expect(contrasts.filter(({ contrast }) => contrast < CONTRAST_OF_TEXT)).toEqual([]);
      await page.context().close();
    }
    expect(backgrounds).toEqual(['rgb(255, 255, 255)', 'rgb(13, 17, 23)']);
  });

  test.each([
    { what: 'three batch sizes', html: () => renderHtml(report) },
    { what: 'twelve batch sizes', html: () => renderHtml(computeReport(createLargeFacts())) },
  ])('clips no text of a chart, and lays none on another, with $what', async ({ html }) => {
    for (const width of [1280, 390]) {
      const { page } = await open(html(), { width });
      const clipped = JSON.parse(String(await page.evaluate(FIND_CLIPPED_TEXTS)));

      expect(clipped).toEqual([]);
      await page.context().close();
    }
  });

  test('shows a hostile label and a hostile cause as text', async () => {
    const hostile =
      '<script>alert(1)</script><img src=x onerror=alert(2)>"><svg onload=alert(3)>[a](javascript:alert(4))';
    const facts = createReportFacts();
    const html = renderHtml(
      computeReport({
        ...facts,
        plan: { ...facts.plan, input: { ...facts.plan.input, label: hostile } },
        outcomes: [{ service: 'sqs', status: 'failed', error: 'Error', cause: hostile }],
      }),
    );

    const { page, complaints, requests } = await open(html);

    expect(await page.title()).toContain(hostile);
    expect(await page.locator('h1').innerText()).toContain(hostile);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, [onload], [onerror], a[href^="javascript"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test('runs no script but its own, even one that got in', async () => {
    const html = renderHtml(report).replace(
      '<main id="report">',
      '<main id="report"><script>document.title = "taken"</script>',
    );

    const { page, complaints } = await open(html);

    expect(await page.title()).not.toBe('taken');
    expect(complaints.join()).toContain('Content Security Policy');
    await page.context().close();
  });
});

describe('a chart as a picture', () => {
  test.each(renderCharts(report))('$name is light on light and dark on dark when it is an image', async ({ svg }) => {
    const corners: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
      const { page, complaints } = await open(`<!doctype html><img src="${source}">`, { colorScheme });
      corners.push(String(await page.evaluate(READ_CORNER)));
      expect(complaints).toEqual([]);
      await page.context().close();
    }

    expect(corners).toEqual(['255,255,255', '13,17,23']);
  });
});

describe('findChromium', () => {
  test('names the ways out where there is none', () => {
    expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
      new ChromiumNotFoundError('CHROMIUM_PATH must name an executable, got /nowhere/chromium, which does not exist'),
    );
  });
});

/** As many settings as an input can ask for: each trial of the fixture at four sizes, the larger the slower and the cheaper. */
function createLargeFacts(): ReportFacts {
  const facts = createReportFacts();
  return {
    ...facts,
    trials: facts.trials.flatMap((trial) =>
      [1, 2, 5, 8].map((factor) => {
        const batchSize = trial.result.trial.batchSize * factor;
        const slower = (counts: LatencyCounts): LatencyCounts =>
          counts.map(([latencyMs, messages]) => [latencyMs * factor, messages] as const);
        return {
          result: { ...trial.result, trial: { ...trial.result.trial, batchSize } },
          arrivals: {
            ...trial.arrivals,
            arrival: slower(trial.arrivals.arrival),
            requestIds: 1,
            requestIdsInWindow: 1,
          },
          metrics: { ...trial.metrics, invocations: Math.ceil(trial.metrics.invocations / factor) },
        };
      }),
    ),
  };
}

interface Contrast {
  readonly text: string;
  readonly contrast: number;
}

/** Of every element with text of its own against the first opaque background behind it; in a chart, against the chart's. */
const MEASURE_CONTRASTS = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    const chart = element.closest('svg.showdown-chart');
    if (chart) return getComputedStyle(chart.querySelector('.background')).fill;
    for (let it = element; it; it = it.parentElement) {
      const { backgroundColor } = getComputedStyle(it);
      if (channels(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join('');
    if (own === '' || element.closest('script, style, title, desc, .skip, .narrow')) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(element.closest('svg') ? style.fill : style.color), luminance(backgroundOf(element))];
    found.push({ text: own.slice(0, 40), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return JSON.stringify(found);
})()`;

/** Texts that reach over their chart's edge by more than a pixel, and texts that lie on each other. */
const FIND_CLIPPED_TEXTS = `(() => {
  const found = [];
  for (const chart of document.querySelectorAll('svg.showdown-chart')) {
    const frame = chart.getBoundingClientRect();
    if (frame.width === 0) continue;
    const texts = [...chart.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    for (const [index, { text, box }] of texts.entries()) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        found.push('clipped: ' + text);
      }
      for (const other of texts.slice(index + 1)) {
        const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (width > 2 && height > 5) found.push(text + ' lies on ' + other.text);
      }
    }
  }
  return JSON.stringify(found);
})()`;

/** The colour near the left edge, halfway down, where a chart has nothing but its background. */
const READ_CORNER = `(() => {
  const image = document.querySelector('img');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return [...context.getImageData(4, Math.round(canvas.height / 2), 1, 1).data].slice(0, 3).join(',');
})()`;
