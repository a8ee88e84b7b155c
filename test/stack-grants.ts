// Every permission that a template gives, one action on one resource at a time, each in a statement of its own, so that the
// access log can tell which of them was used and a test can leave one out.

import { z } from 'zod';

/** One action on one resource, as one statement of a policy of the template. */
export interface Grant {
  /** The statement's Sid. */
  readonly sid: string;
  /** The resource whose policy it is: `Generate role`, `Results policy`. */
  readonly holder: string;
  readonly action: string;
  /** Without hashes, references in braces: `{Results}/arrivals/*`; a role's trust is in `itself`. */
  readonly resource: string;
  /** The same as the template has it; undefined in a role's trust. */
  readonly rawResource: unknown;
}

export interface GrantedTemplate {
  readonly grants: readonly Grant[];
  /** The template's JSON, less the grants whose Sids are given. */
  render(without: ReadonlySet<string>): string;
}

const statementSchema = z.looseObject({
  Effect: z.string(),
  Action: z.union([z.string().array(), z.string().transform((action) => [action])]),
  Resource: z.union([z.unknown().array(), z.unknown().transform((resource) => [resource])]).optional(),
});
const documentSchema = z.looseObject({ Statement: statementSchema.array() });
const resourceSchema = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });
const permissionSchema = z.looseObject({ Action: z.string(), FunctionName: z.unknown() });

/** Which property of a type holds a policy document. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
};

/** IAM refuses a document without statements; this one says nothing about any call. */
const NO_STATEMENT = { Effect: 'Deny', Action: 'none:Nothing' };

/** Denials stay as they are: nothing needs them. */
export function splitGrants(templateText: string): GrantedTemplate {
  const template = templateSchema.parse(JSON.parse(templateText));
  const grants: Grant[] = [];
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    const property = DOCUMENTS[Type];
    const holder = trimHash(logicalId);
    if (property) {
      const document = documentSchema.parse(Properties[property]);
      Properties[property] = {
        ...document,
        Statement: document.Statement.flatMap((statement) => splitStatement(statement, holder, grants)),
      };
    } else if (Type === 'AWS::Lambda::Permission') {
      const { Action, FunctionName } = permissionSchema.parse(Properties);
      grants.push({
        sid: logicalId,
        holder,
        action: Action,
        resource: renderArn(FunctionName),
        rawResource: FunctionName,
      });
    }
  }
  return { grants, render: (without) => JSON.stringify(leaveOut(template, without)) };
}

type Statement = z.output<typeof statementSchema>;

function splitStatement(statement: Statement, holder: string, grants: Grant[]): Statement[] {
  if (statement.Effect !== 'Allow') return [statement];
  // A trust policy has no resource: it is about its own role.
  const resources = statement.Resource ?? [undefined];
  return statement.Action.flatMap((action) =>
    resources.map((resource) => {
      const sid = `Grant${grants.length}`;
      const rendered = resource === undefined ? 'itself' : renderArn(resource);
      grants.push({ sid, holder, action, resource: rendered, rawResource: resource });
      return { ...statement, Sid: sid, Action: [action], ...(resource !== undefined && { Resource: [resource] }) };
    }),
  );
}

function leaveOut(template: z.output<typeof templateSchema>, without: ReadonlySet<string>): unknown {
  const kept = Object.entries(template.Resources).filter(([logicalId]) => !without.has(logicalId));
  return {
    ...template,
    Resources: Object.fromEntries(
      kept.map(([logicalId, resource]) => {
        const property = DOCUMENTS[resource.Type];
        if (!property) return [logicalId, resource];
        const document = documentSchema.parse(resource.Properties[property]);
        const statements = document.Statement.filter(({ Sid }) => !without.has(String(Sid)));
        const Statement = statements.length > 0 ? statements : [renderNoStatement(property)];
        return [
          logicalId,
          { ...resource, Properties: { ...resource.Properties, [property]: { ...document, Statement } } },
        ];
      }),
    ),
  };
}

function renderNoStatement(property: string): object {
  return property === 'AssumeRolePolicyDocument'
    ? { ...NO_STATEMENT, Principal: '*' }
    : { ...NO_STATEMENT, Resource: '*' };
}

/** The CDK ends logical ids with eight hexadecimal digits. */
function trimHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** A resource's ARN, with `resolve` for what `Ref` and `Fn::GetAtt` stand for. */
export function renderArn(
  resource: unknown,
  resolve: (logicalId: string, attribute?: string) => string = brace,
): string {
  if (typeof resource === 'string') return resource;
  const parsed = z
    .union([
      z.object({ 'Fn::Join': z.tuple([z.string(), z.unknown().array()]) }),
      z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
      z.object({ Ref: z.string() }),
    ])
    .parse(resource);
  if ('Fn::Join' in parsed) {
    const [separator, parts] = parsed['Fn::Join'];
    return parts.map((part) => renderArn(part, resolve)).join(separator);
  }
  return 'Ref' in parsed ? resolve(parsed.Ref) : resolve(...parsed['Fn::GetAtt']);
}

function brace(logicalId: string): string {
  return `{${trimHash(logicalId)}}`;
}
