// The report as one HTML file that asks for nothing else: the Markdown report's content, its charts with their numbers on hover.

import { createHash } from 'node:crypto';
import { type RenderedChart, renderCharts } from './charts/render-charts.ts';
import { CHART_STYLE_SHEET } from './charts/style-sheet.ts';
import { escapeHtml } from './html/escape-html.ts';
import { type HtmlBody, markdownToHtml } from './html/markdown-to-html.ts';
import { PAGE_SCRIPT } from './html/page-script.ts';
import { PAGE_STYLE_SHEET } from './html/page-style.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { ReportJson } from './report-json.ts';

/**
 * The same report gives the same bytes. `charts` are those that `renderCharts` gives of the report; they are drawn here when they are
 * left out.
 */
export function renderHtml(report: ReportJson, charts: readonly RenderedChart[] = renderCharts(report)): string {
  const narrowCharts = renderCharts(report, 'narrow');
  const renderImage = (fileName: string) => {
    const name = fileName.replace(/\.svg$/, '');
    const wide = charts.find((chart) => chart.name === name);
    const narrow = narrowCharts.find((chart) => chart.name === name);
    return wide && narrow ? renderFigure(wide, narrow) : undefined;
  };
  return renderPage(renderTitle(report), markdownToHtml(renderMarkdown(report), renderImage));
}

function renderTitle({ input, runId }: ReportJson): string {
  return `Eventing and messaging showdown: ${input.label ?? runId}`;
}

/** The page shows the one that fits its width. */
function renderFigure(wide: RenderedChart, narrow: RenderedChart): string {
  return `<figure>
<div class="wide">${inline(wide.svg)}</div>
<div class="narrow">${inline(narrow.svg)}</div>
</figure>\n`;
}

/** The page has the charts' style sheet once. */
function inline(svg: string): string {
  return svg.replace(`<style>${CHART_STYLE_SHEET}</style>`, '').trimEnd();
}

function renderPage(title: string, { html, headings }: HtmlBody): string {
  const scriptHash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
  // The script is named by its hash: no other can run, whatever text gets into the page.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE_SHEET}${CHART_STYLE_SHEET}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<div class="page">
<nav aria-label="Contents">
<p>Contents</p>
<ol>
${headings.map(({ id, title: heading }) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`).join('\n')}
</ol>
</nav>
<main id="report">
${html}</main>
</div>
<div class="tip" aria-hidden="true" hidden></div>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}
