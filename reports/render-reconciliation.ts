// The books of a run, compared: at a glance, then every disagreement with its size, then what each book is.

import { SERVICE_TITLES } from '../model/service.ts';
import { describeDisagreement, nameSetting } from './find-problems.ts';
import { ABSENT, formatCount, formatNoun } from './format-number.ts';
import { BOOK_NAMES, type BookCheck, type BookName, type Disagreement } from './reconciliation-json.ts';
import { SETTING_COLUMNS } from './render-results.ts';
import { left, renderTable, right } from './render-table.ts';
import type { ReportJson, SettingReport } from './report-json.ts';

export function renderReconciliation({ settings, strays }: ReportJson): string {
  if (settings.length === 0) return `No trial ended, so there are no books to compare.\n\n${renderStrays(strays)}`;
  return `Each count is kept in two books. A ✓ says that the two agree, a number by how much they differ: **bold** where the book is exact, and the run INVALID for it; plain where AWS itself calls the metric inexact.

${renderTable(settings, [
  ...SETTING_COLUMNS,
  ...listBooks(settings).map((book) => right<SettingReport>(book, (setting) => renderCell(setting, book))),
])}

${renderDisagreements(settings)}

What was counted:

${renderTable(settings, [
  ...SETTING_COLUMNS,
  right('scheduled', ({ scheduled }) => formatCount(scheduled)),
  right('given up', ({ gaveUp }) => formatCount(gaveUp)),
  right('sent', ({ sent }) => formatCount(sent)),
  right('arrived', ({ arrived }) => formatCount(arrived)),
  right('lost', ({ lost }) => formatCount(lost)),
  right('duplicates', ({ duplicates }) => formatCount(duplicates)),
  right('CloudWatch invocations', ({ invocations }) => formatCount(invocations)),
  right('errors', ({ errors }) => formatCount(errors)),
  right('throttles', ({ throttles }) => formatCount(throttles)),
  right('request ids in S3', ({ requestIds }) => formatCount(requestIds)),
])}

What each book compares:

${renderBooks(settings)}

${renderStrays(strays)}${renderDrainTimeouts(settings)}`;
}

/** Those that any setting has, in a fixed order. */
function listBooks(settings: readonly SettingReport[]): BookName[] {
  return BOOK_NAMES.filter((name) => settings.some((setting) => findCheck(setting, name)));
}

function findCheck({ reconciliation }: SettingReport, name: BookName): BookCheck | undefined {
  return reconciliation.checks.find(({ book }) => book === name);
}

function renderCell(setting: SettingReport, name: BookName): string {
  const check = findCheck(setting, name);
  if (!check) return ABSENT;
  if (check.disagreements.length === 0) return '✓';
  const sizes = check.disagreements.map(({ difference }) => difference);
  const fewer = sizes.filter((size) => size < 0).reduce((sum, size) => sum - size, 0);
  const more = sizes.filter((size) => size > 0).reduce((sum, size) => sum + size, 0);
  const text = [fewer > 0 && `−${formatCount(fewer)}`, more > 0 && `+${formatCount(more)}`].filter(Boolean).join(' ');
  return check.kind === 'exact' ? `**${text}**` : text;
}

function renderDisagreements(settings: readonly SettingReport[]): string {
  const lines = settings.flatMap((setting) =>
    setting.reconciliation.checks.flatMap((check) =>
      check.disagreements.map((disagreement) => renderDisagreement(setting, check, disagreement)),
    ),
  );
  return lines.length === 0 ? 'No two books disagree.' : `The disagreements:\n\n${lines.join('\n')}`;
}

function renderDisagreement(setting: SettingReport, check: BookCheck, disagreement: Disagreement): string {
  const kind = check.kind === 'exact' ? 'The book is exact: the run is INVALID' : `No ground for INVALID: ${check.why}`;
  return `- ${nameSetting(setting)}, ${check.book}, trial \`${disagreement.trialId}\`: ${describeDisagreement(check, disagreement)}. It means that ${disagreement.meaning}. ${kind}.`;
}

/** A row for each way in which a book is kept: services differ. */
function renderBooks(settings: readonly SettingReport[]): string {
  const rows = new Map<string, { readonly check: BookCheck; readonly titles: Set<string> }>();
  for (const { service, reconciliation } of settings) {
    for (const check of reconciliation.checks) {
      const key = `${check.book}/${check.what.found}/${check.why}`;
      const row = rows.get(key) ?? { check, titles: new Set() };
      rows.set(key, row);
      row.titles.add(SERVICE_TITLES[service]);
    }
  }
  const services = new Set(settings.map(({ service }) => service)).size;
  const byBook = [...rows.values()].sort((a, b) => BOOK_NAMES.indexOf(a.check.book) - BOOK_NAMES.indexOf(b.check.book));
  return renderTable(byBook, [
    left('book', ({ check }) => check.book),
    left('of', ({ titles }) => (titles.size === services ? 'all' : [...titles].join(', '))),
    left('expected', ({ check: { unit, what } }) => `${unit}s ${what.expected}`),
    left('found', ({ check: { unit, what } }) => `${unit}s ${what.found}`),
    left('kind', ({ check }) => check.kind),
    left('because', ({ check: { why, source } }) => (source === undefined ? why : `${why} ([AWS](${source}))`)),
  ]);
}

function renderStrays(strays: ReportJson['strays']): string {
  return `Besides these, the trials' folders hold ${formatNoun(strays.warmUp, 'line')} of warm-up, ${formatCount(strays.unfinished)} of trials that did not end, ${formatCount(strays.misplaced)} of trials elsewhere, ${formatCount(strays.unknown)} of unknown origin and ${formatCount(strays.unreadable)} that could not be read.`;
}

function renderDrainTimeouts(settings: readonly SettingReport[]): string {
  const timedOut = settings.filter(({ drainTimeouts }) => drainTimeouts > 0);
  if (timedOut.length === 0) return '';
  return ` The drain timed out for ${timedOut.map((setting) => nameSetting(setting)).join(', ')}; what arrived after that still counts here.`;
}
