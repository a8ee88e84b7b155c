// A comparison as Markdown, and as text for a terminal.

import { wrap } from '../render-summary.ts';
import type { RunComparison } from './comparison-json.ts';
import { describeOnlyInOne, describeRule, describeRun, describeTrends } from './describe-comparison.ts';
import { renderChangeTables, renderLegend } from './render-changes.ts';

const NOT_COMPARABLE = 'The two are not comparable as they stand:';

export function renderComparisonMarkdown(comparison: RunComparison): string {
  const { before, after, caveats, remarks, settings, rules } = comparison;
  const parts = [
    '# Comparison of two runs',
    `- before: ${describeRun(before)}\n- after: ${describeRun(after)}`,
    caveats.length > 0 && `**${NOT_COMPARABLE}**\n\n${renderList(caveats.map(endSentence))}`,
    remarks.length > 0 && `${remarks.map(endSentence).join(' ')}`,
    rules.length > 0 && `## Verdict: ${comparison.verdict}\n\n${renderList(rules.flatMap(describeRule))}`,
    '## What changed',
    renderList([...describeTrends(settings), ...describeOnlyInOne(comparison)]),
    renderChangeTables(settings),
    settings.length > 0 && capitalize(renderLegend(settings)),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** Plain text of lines of 150 characters at most. */
export function renderComparisonSummary(comparison: RunComparison): string {
  const { before, after, caveats, remarks, settings } = comparison;
  const parts = [
    [`Before: ${describeRun(before)}`, `After:  ${describeRun(after)}`],
    caveats.length > 0 && [NOT_COMPARABLE, ...caveats.map((caveat) => `- ${endSentence(caveat)}`)],
    remarks.map(endSentence),
    [renderChangeTables(settings)],
    settings.length > 0 && [capitalize(renderLegend(settings))],
    [...describeTrends(settings), ...describeOnlyInOne(comparison)],
    comparison.rules.length > 0 && [renderRules(comparison)],
  ];
  return parts.flatMap((lines) => (lines && lines.length > 0 ? [lines.map(wrapProse).join('\n')] : [])).join('\n\n');
}

/** What the rules came to, for a terminal. */
export function renderRules({ rules, verdict }: RunComparison): string {
  const sentences = rules.flatMap(describeRule).map((sentence) => sentence.replaceAll('`', ''));
  return [...sentences, `Verdict: ${verdict}.`].map(wrap).join('\n');
}

/** What has several lines has been broken already. */
function wrapProse(text: string): string {
  return text.includes('\n') ? text : wrap(text);
}

function renderList(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

function endSentence(text: string): string {
  return `${text.replace(/\.\s*$/, '')}.`;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
