// report.json as JSON Schema: made from the schema that reports are parsed with, described by the comments of the interfaces.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { INPUT_FIELDS } from '../model/input-fields.ts';
import { REPORT_SCHEMA_VERSION } from '../reports/report-json.ts';
import { reportSchema } from '../reports/report-schema.ts';

/** Where the interfaces are that the schema's definitions are named after; each below what it extends. */
const INTERFACE_FILES = [
  'model/bootstrap.ts',
  'model/cost/line-item.ts',
  'model/cost/after-free-tier.ts',
  'model/hop.ts',
  'model/latency-counts.ts',
  'model/prices/price.ts',
  'model/tally.ts',
  'model/trial.ts',
  'model/rate-quotas.ts',
  'reports/cost-json.ts',
  'reports/interval-json.ts',
  'reports/reconciliation-json.ts',
  'reports/choice-json.ts',
  'reports/projection-json.ts',
  'reports/report-json.ts',
];

/** Thrown when a definition is named after an interface that is in none of the files. */
class UnknownInterfaceError extends Error {
  override name = 'UnknownInterfaceError';
}

interface InterfaceComments {
  readonly description?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** JSON Schema, draft 2020-12. The interfaces' definitions are in `$defs`, by their names. */
export function computeReportJsonSchema(): Readonly<Record<string, unknown>> {
  const comments = loadComments();
  const { $schema, $defs = {}, ...root } = z.toJSONSchema(reportSchema);
  const { description, properties } = describe(root, comments.get('ReportJson'));
  return {
    $schema,
    $id: `urn:eventing-messaging-showdown:report:${REPORT_SCHEMA_VERSION}`,
    title: `report.json of the eventing and messaging showdown, version ${REPORT_SCHEMA_VERSION}`,
    ...root,
    description,
    properties: { ...properties, input: describe(asObject(properties?.input), INPUT_COMMENTS) },
    $defs: Object.fromEntries(
      Object.entries($defs).map(([name, { id, ...definition }]) => [
        name,
        describe(definition, definition.type === 'object' ? findComments(comments, name) : undefined),
      ]),
    ),
  };
}

const INPUT_COMMENTS: InterfaceComments = {
  description: 'The execution input, with every default filled in.',
  fields: Object.fromEntries(INPUT_FIELDS.map(({ name, range, meaning }) => [name, `${meaning} (${range})`])),
};

function describe(
  schema: z.core.JSONSchema.BaseSchema,
  comments: InterfaceComments | undefined,
): z.core.JSONSchema.BaseSchema {
  const { properties, ...rest } = schema;
  return {
    ...rest,
    ...(comments?.description && { description: comments.description }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          { ...asObject(property), ...(comments?.fields[name] && { description: comments.fields[name] }) },
        ]),
      ),
    }),
  };
}

function asObject(schema: unknown): z.core.JSONSchema.BaseSchema {
  return typeof schema === 'object' ? { ...schema } : {};
}

function findComments(comments: ReadonlyMap<string, InterfaceComments>, name: string): InterfaceComments {
  const found = comments.get(name);
  if (!found) throw new UnknownInterfaceError(`no file of INTERFACE_FILES has an interface ${name}`);
  return found;
}

function loadComments(): ReadonlyMap<string, InterfaceComments> {
  const comments = new Map<string, InterfaceComments>();
  for (const file of INTERFACE_FILES) {
    const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
    const interfaces = text.matchAll(
      /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export interface (\w+)([^{]*) \{\n([\s\S]*?)\n\}/g,
    );
    for (const [, comment = '', name = '', heritage = '', body = ''] of interfaces) {
      const inherited = [...heritage.matchAll(/\w+/g)].map(([word]) => comments.get(word)?.fields ?? {});
      comments.set(name, {
        description: readComment(comment),
        fields: Object.assign({}, ...inherited, readFieldComments(body)),
      });
    }
  }
  return comments;
}

function readFieldComments(body: string): Record<string, string> {
  const fields = body.matchAll(/^ {2}(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n {2}readonly (\w+)/gm);
  return Object.fromEntries([...fields].map(([, comment = '', name = '']) => [name, readComment(comment)]));
}

function readComment(comment: string): string {
  return comment
    .replaceAll(/\/\*\*|\*\/|^\s*\*/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
