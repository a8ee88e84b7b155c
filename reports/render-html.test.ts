import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderCharts } from './charts/render-charts.ts';
import { CHART_STYLE_SHEET } from './charts/style-sheet.ts';
import { computeReport } from './compute-report.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';
import { createReportFacts } from './report-facts.fixture.ts';

const report = computeReport(createReportFacts());
const html = renderHtml(report);

/** Each would run, load or leave if it were taken for HTML. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<script> <img src=x onerror=alert(1) ',
  '</title><svg onload=alert(1)>',
  '[link](javascript:alert(1))',
  '![image](https://example.com/x.png)',
  '<https://example.com/"onmouseover="alert(1)>',
  '"><iframe src="https://example.com">',
  '`</code><script>alert(1)</script>`',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '--><style>*{display:none}</style>',
];

describe('renderHtml', () => {
  test('is the same bytes for the same report, whether or not its charts are given', () => {
    expect(renderHtml(report)).toBe(html);
    expect(renderHtml(report, renderCharts(report))).toBe(html);
  });

  test('asks for nothing: no address is loaded, linked style, font or script', () => {
    expect(html).not.toMatch(/<(link|img|iframe|object|embed|base|form)\b|@import|url\(|\bsrc=|xlink|srcset/);
    const addresses = [...html.matchAll(/https?:\/\/[^"<\s]+/g)].map(([address]) => address);
    const linked = [...html.matchAll(/<a href="(https:[^"]+)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !linked.includes(address))).toEqual(
      Array.from({ length: 10 }, () => 'http://www.w3.org/2000/svg'),
    );
  });

  test('lets the one script run that it was written with, and nothing load', () => {
    const [, policy = ''] = html.match(/Content-Security-Policy" content="([^"]+)"/) ?? [];
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);

    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256')
      .update(scripts[0] ?? '')
      .digest('base64');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      `script-src 'sha256-${hash}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('holds every heading and every cell of the Markdown report, in its order', () => {
    const markdown = renderMarkdown(report);
    const headings = [...markdown.matchAll(/^##? (.+)$/gm)].map(([, title]) => title);
    const cells = markdown
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| *:?-/.test(line))
      .flatMap((line) => line.slice(1, -1).split(/(?<!\\)\|/))
      .map((cell) => cell.trim().replaceAll(/`/g, '').replaceAll('\\|', '|'));

    expect(readTexts(/<h[12][^>]*>(.*?)<\/h[12]>/g)).toEqual(headings);
    expect(readTexts(/<t[hd](?=[ >])[^>]*>(.*?)<\/t[hd]>/g)).toEqual(cells);
  });

  test('shows each chart once for a desktop and once for a phone, with ids that differ, and the style sheet once', () => {
    for (const { name } of renderCharts(report)) {
      expect(html.split(`id="${name}-title"`)).toHaveLength(2);
      expect(html.split(`id="${name}-narrow-title"`)).toHaveLength(2);
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html.split(CHART_STYLE_SHEET)).toHaveLength(2);
    expect(html).not.toContain('![');
  });

  test('lists its sections with links that lead to them', () => {
    const links = [...html.matchAll(/<li><a href="#([^"]+)">/g)].map(([, id]) => id);

    expect(links.length).toBeGreaterThan(8);
    for (const id of links) expect(html).toContain(`<h2 id="${id}">`);
  });

  test('gives every table header its scope', () => {
    expect(html).toContain('<th scope="col">service</th>');
    expect(html).not.toMatch(/<th(?! scope="col")[ >]/);
  });

  test.each(HOSTILE)('shows %s as text, in a label, an error’s cause and a problem', (text) => {
    const facts = createReportFacts();
    const plain = renderHtml(computeReport(withText('harmless')));
    const hostile = renderHtml(computeReport(withText(text)));

    expect(listTags(hostile).filter((tag) => !TEXT_TAGS.has(tag))).toEqual(
      listTags(plain).filter((tag) => !TEXT_TAGS.has(tag)),
    );
    expect(hostile).not.toMatch(/href="(?!#|https:\/\/)/);

    function withText(written: string) {
      return {
        ...facts,
        plan: { ...facts.plan, input: { ...facts.plan.input, label: written } },
        outcomes: facts.outcomes.map((outcome) =>
          outcome.service === 'sqs'
            ? ({ service: 'sqs', status: 'failed', error: 'Error', cause: written } as const)
            : outcome,
        ),
      };
    }
  });

  test('renders a run of which nothing is left, without figures', () => {
    const empty = renderHtml(computeReport(createReportFacts({ trials: [] })));

    expect(empty).toContain('No trial ended, so there are no results.');
    expect(empty).not.toMatch(/<figure>|NaN|>undefined/);
  });
});

/** Markdown may make these of somebody's text: they do nothing, and the last leads to https alone. */
const TEXT_TAGS = new Set(['em', 'strong', 'code', 'del', 'a']);

/** The names of all tags with their event handlers, as a browser would find them. */
function listTags(page: string): string[] {
  return [...page.matchAll(/<([a-zA-Z][\w-]*)([^>]*)>/g)].map(([, name = '', rest = '']) => {
    const handlers = rest.replaceAll(/"[^"]*"/g, '""').match(/\bon\w+=/g) ?? [];
    return [name, ...handlers].join(' ');
  });
}

function readTexts(pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, content = '']) =>
    content
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
}
