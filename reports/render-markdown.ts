// The report as Markdown: the answer first, then the evidence.

import { findInvalidities } from './find-problems.ts';
import { createChartImages } from './render-chart-images.ts';
import { renderChoice } from './render-choice.ts';
import { renderCosts, renderHarness, renderItemisedCosts } from './render-costs.ts';
import { renderEnvironment } from './render-environment.ts';
import { renderEstimate } from './render-estimate.ts';
import { renderInput, renderLanes, renderMechanisms, renderPublishing } from './render-evidence.ts';
import { renderHops } from './render-hops.ts';
import { renderIntervals } from './render-intervals.ts';
import { renderMethod } from './render-method.ts';
import { renderProjection } from './render-projection.ts';
import { renderReconciliation } from './render-reconciliation.ts';
import { renderResults } from './render-results.ts';
import type { ReportJson } from './report-json.ts';

export function renderMarkdown(report: ReportJson): string {
  const sections: readonly (readonly [string, string])[] = [
    ['Results', renderResults(report.settings)],
    ['Which setting to choose', renderChoice(report.choice)],
    ['How sure the differences are', renderIntervals(report)],
    ['Where the time goes', renderHops(report.settings)],
    ['Cost', renderCosts(report)],
    ['At other rates', renderProjection(report.projection)],
    ['How each batch size came about', renderMechanisms(report)],
    ['Reconciliation', renderReconciliation(report)],
    ['Publishing', renderPublishing(report)],
    ['Lanes', renderLanes(report)],
    ['Cost, item by item', renderItemisedCosts(report)],
    ['Cost of the harness', renderHarness(report)],
    ['Estimate and actual', renderEstimate(report)],
    ['Input and plan', renderInput(report)],
    ['Method and caveats', renderMethod(report)],
  ];
  const renderImages = createChartImages(report);
  return `${renderHead(report)}\n\n${sections.map(([title, body]) => `## ${title}\n\n${body.trimEnd()}${renderImages(title)}`).join('\n\n')}\n`;
}

function renderHead(report: ReportJson): string {
  const label = report.input.label ? `: ${report.input.label.replaceAll(/\s+/g, ' ')}` : '';
  const mark = report.verdict === 'invalid' ? 'INVALID: ' : '';
  return `# ${mark}Eventing and messaging showdown${label}

${renderEnvironment(report)}

Run \`${report.runId}\`, started ${report.startedAt}. ${renderVerdict(report)}

${report.headline.map((sentence) => `- ${sentence}`).join('\n')}`;
}

function renderVerdict(report: ReportJson): string {
  if (report.verdict === 'good') return 'Everything sent arrived, and the books balance.';
  if (report.verdict === 'invalid') return renderInvalid(report);
  return `**The run is not good:**\n\n${renderProblems(report.problems)}\n\nWhat it shows all the same:`;
}

function renderInvalid(report: ReportJson): string {
  const invalidities = findInvalidities(report);
  const others = report.problems.filter((problem) => !invalidities.includes(problem));
  const besides = others.length === 0 ? '' : `\n\nBesides that:\n\n${renderProblems(others)}`;
  return `**This run is INVALID: its books do not balance, so no figure in this report should be relied on.**\n\n${renderProblems(invalidities)}${besides}\n\nWhat it would show if they did:`;
}

function renderProblems(problems: readonly string[]): string {
  return problems.map((problem) => `- ${problem.replaceAll(/\s*\n\s*/g, ' ')}.`).join('\n');
}
