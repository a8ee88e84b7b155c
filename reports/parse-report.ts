// Reads a report.json that comes from elsewhere: another version may have written it, or somebody by hand.

import * as z from 'zod';
import { REPORT_SCHEMA_VERSION, type ReportJson } from './report-json.ts';
import { reportSchema } from './report-schema.ts';

/** Thrown when a file holds no report of any version. */
export class NotAReportError extends Error {
  override name = 'NotAReportError';
}

/** Thrown when a report is of another version than this showdown writes. */
export class ReportVersionError extends Error {
  override name = 'ReportVersionError';
}

/** Thrown when fields of a report are not what they must be. Its message has a line for each, with the field's path. */
export class InvalidReportError extends Error {
  override name = 'InvalidReportError';
}

/** What every version of a report has. */
const anyReportSchema = z.object({ schemaVersion: z.int().min(1), runId: z.string() });

/**
 * `path` is for the messages.
 * @throws {NotAReportError}
 * @throws {ReportVersionError}
 * @throws {InvalidReportError} with all problems at once; one that several items of a list have is told once.
 */
export function parseReport(text: string, path: string): ReportJson {
  const value = parseJson(text, path);
  const { success, data } = anyReportSchema.safeParse(value);
  if (!success) throw new NotAReportError(`${path} is no report: it has not got schemaVersion and runId`);
  if (data.schemaVersion !== REPORT_SCHEMA_VERSION) throw new ReportVersionError(describeVersion(data, path));
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidReportError(
    [
      `${path} is not as reports of version ${REPORT_SCHEMA_VERSION} are:`,
      ...groupByField(parsed.error.issues.flatMap(explainIssue)).map((problem) => `  ${problem}`),
    ].join('\n'),
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new NotAReportError(`${path} is no report: it is not JSON (${detail})`, { cause });
  }
}

function describeVersion({ schemaVersion, runId }: z.output<typeof anyReportSchema>, path: string): string {
  const wayOut =
    schemaVersion < REPORT_SCHEMA_VERSION
      ? 'make the run again, or compare with the version that wrote it'
      : 'update this showdown';
  return `${path} (run ${runId}) has schemaVersion ${schemaVersion}, and only ${REPORT_SCHEMA_VERSION} is read; ${wayOut}`;
}

interface Problem {
  readonly path: string;
  /** Follows the path. */
  readonly text: string;
}

function explainIssue(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const text = ' is a field that reports have not got';
    return issue.keys.map((key) => ({ path: z.core.toDotPath([...issue.path, key]), text }));
  }
  return [{ path: z.core.toDotPath(issue.path), text: `: ${issue.message.replace(/^Invalid input: /, '')}` }];
}

/** Else a field that is missing would be told some hundred times. */
function groupByField(problems: readonly Problem[]): string[] {
  const groups = Map.groupBy(problems, ({ path, text }) => `${path.replaceAll(/\[\d+\]/g, '[]')}${text}`);
  return [...groups.values()].flatMap(([first, ...alike]) => {
    if (!first) return [];
    return `${first.path}${first.text}${alike.length > 0 ? ` (and ${alike.length} more like it)` : ''}`;
  });
}
