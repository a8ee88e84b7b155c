// S3's XML to and from the members of its API.

import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { S3Error } from '../s3/s3-error.ts';
import { BOOLEAN_MEMBERS, INTEGER_MEMBERS, TIME_MEMBERS } from './s3-members.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Members whose elements are called otherwise. Those that are lists are one element for each item. */
const ELEMENTS: Readonly<Record<string, string>> = {
  DeleteMarkers: 'DeleteMarker',
  Errors: 'Error',
  Events: 'Event',
  FilterRules: 'FilterRule',
  LambdaFunctionArn: 'CloudFunction',
  LambdaFunctionConfigurations: 'CloudFunctionConfiguration',
  Objects: 'Object',
  Parts: 'Part',
  QueueArn: 'Queue',
  QueueConfigurations: 'QueueConfiguration',
  Rules: 'Rule',
  TopicConfigurations: 'TopicConfiguration',
  TotalPartsCount: 'PartsCount',
  Uploads: 'Upload',
  Versions: 'Version',
};

/** Lists that stand in an element of their own, and what their items are called. */
const WRAPPED_LISTS: Readonly<Record<string, string>> = { Buckets: 'Bucket', TagSet: 'Tag', Tags: 'Tag' };

const MEMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries(ELEMENTS).map(([member, element]) => [element, member]),
);
const LIST_ELEMENTS: ReadonlySet<string> = new Set([
  'CloudFunctionConfiguration',
  'Event',
  'FilterRule',
  'Object',
  'Part',
  'QueueConfiguration',
  'Tag',
  'TopicConfiguration',
]);

const parser = new XMLParser({
  parseTagValue: false,
  // A key may begin or end with spaces.
  trimValues: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  // Character references, too.
  htmlEntities: true,
  isArray: (name) => LIST_ELEMENTS.has(name),
});

const documentSchema = z.record(z.string(), z.unknown());

/** What the element `root` holds, as members. @throws {S3Error} `MalformedXML`. */
export function parseXmlBody(body: Buffer, root: string): unknown {
  let document: unknown;
  try {
    document = parser.parse(body.toString(), true);
  } catch (cause) {
    throw malformedXml(cause);
  }
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success || !Object.hasOwn(parsed.data, root)) throw malformedXml(parsed.error);
  const content = readElement(root, parsed.data[root]);
  return content === '' ? {} : content;
}

export function malformedXml(cause: unknown): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { cause },
  );
}

function readElement(member: string, content: unknown): unknown {
  if (Array.isArray(content)) return content.map((item) => readElement(member, item));
  if (typeof content === 'string') return readText(member, content);
  const parsed = documentSchema.safeParse(content);
  if (!parsed.success) return content;
  // What stands between elements is their indentation.
  const children = Object.entries(parsed.data).filter(([name]) => name !== '#text');
  const itemName = WRAPPED_LISTS[member];
  if (itemName !== undefined) {
    return children.flatMap(([name, child]) => (name === itemName ? readElement(name, child) : []));
  }
  return Object.fromEntries(
    children.map(([name, child]) => {
      const childMember = name === 'S3Key' ? 'Key' : (MEMBERS.get(name) ?? name);
      return [childMember, readElement(childMember, child)];
    }),
  );
}

function readText(member: string, text: string): unknown {
  if (INTEGER_MEMBERS.has(member)) return Number(text);
  if (BOOLEAN_MEMBERS.has(member)) return text.trim() === 'true';
  return WRAPPED_LISTS[member] !== undefined ? [] : text;
}

/** `content` in the element `root`, in S3's namespace. */
export function renderXmlDocument(root: string, content: unknown): Buffer {
  return Buffer.from(`${DECLARATION}<${root} xmlns="${NAMESPACE}">${renderContent(root, content)}</${root}>`);
}

/** Errors stand in no namespace. */
export function renderXmlError(content: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(`${DECLARATION}<Error>${renderContent('Error', content)}</Error>`);
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function renderContent(member: string, content: unknown): string {
  if (typeof content !== 'object' || content === null) return escapeText(renderValue(member, content));
  const itemName = WRAPPED_LISTS[member];
  if (Array.isArray(content) && itemName !== undefined) return renderElement(itemName, itemName, content);
  return Object.entries(content)
    .map(([name, value]) => renderElement(name, findElement(name, value), value))
    .join('');
}

/** The key of a filter is not that of an object. */
function findElement(member: string, value: unknown): string {
  if (member === 'Key' && typeof value === 'object') return 'S3Key';
  return ELEMENTS[member] ?? member;
}

function renderElement(member: string, element: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) && WRAPPED_LISTS[member] === undefined) {
    return value.map((item) => `<${element}>${renderContent('', item)}</${element}>`).join('');
  }
  return `<${element}>${renderContent(member, value)}</${element}>`;
}

function renderValue(member: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return TIME_MEMBERS.has(member) && typeof value === 'number' ? new Date(value * 1000).toISOString() : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which XML 1.0 has no way to write, become references, as S3 writes them. */
function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (character) => {
    return ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}
