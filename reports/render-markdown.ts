// The report as Markdown: the answer first, then the evidence.

import { renderChoice } from './render-choice.ts';
import { renderCosts, renderHarness, renderItemisedCosts } from './render-costs.ts';
import { renderEstimate } from './render-estimate.ts';
import {
  renderInput,
  renderLanes,
  renderMechanisms,
  renderPublishing,
  renderReconciliation,
} from './render-evidence.ts';
import { renderMethod } from './render-method.ts';
import { renderProjection } from './render-projection.ts';
import { renderResults } from './render-results.ts';
import type { ReportJson } from './report-json.ts';

export function renderMarkdown(report: ReportJson): string {
  const sections: readonly (readonly [string, string])[] = [
    ['Results', renderResults(report.settings)],
    ['Which setting to choose', renderChoice(report.choice)],
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
  return `${renderHead(report)}\n\n${sections.map(([title, body]) => `## ${title}\n\n${body.trimEnd()}`).join('\n\n')}\n`;
}

function renderHead(report: ReportJson): string {
  const label = report.input.label ? `: ${report.input.label.replaceAll(/\s+/g, ' ')}` : '';
  return `# Eventing and messaging showdown${label}

${renderEnvironment(report)}

Run \`${report.runId}\`, started ${report.startedAt}. ${renderVerdict(report)}

${report.headline.map((sentence) => `- ${sentence}`).join('\n')}`;
}

/** Where the run happened: the line that every figure has to be read with. */
export function renderEnvironment({ environment }: ReportJson): string {
  if (environment.emulated) {
    return `**Emulated** (seed ${environment.seed}): counts and costs follow AWS's documented rules; latencies are modelled. Prices of ${environment.region}.`;
  }
  return `**AWS** account ${environment.accountId}, region ${environment.region}.`;
}

function renderVerdict({ verdict, problems }: ReportJson): string {
  if (verdict === 'good') return 'Everything sent arrived, and the books balance.';
  return `**The run is not good:**\n\n${problems.map((problem) => `- ${problem.replaceAll(/\s*\n\s*/g, ' ')}.`).join('\n')}\n\nWhat it shows all the same:`;
}
