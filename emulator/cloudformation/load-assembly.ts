// Reads what `cdk synth` leaves behind: stacks' templates, and the folders of their assets.
// https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { AssemblyError } from './errors.ts';
import { parseTemplate, type Template } from './template.ts';

export interface AssembledStack {
  readonly stackName: string;
  readonly template: Template;
  /** JSON, as it would be uploaded. */
  readonly templateText: string;
  /** Absolute folders of assets that would be uploaded as zip files, by `<bucket name>/<object key>`. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

export interface AssemblyOptions {
  /** Needed when the assembly has more than one stack. */
  readonly stackName: string | undefined;
  readonly region: string;
  readonly accountId: string;
}

// The assembly is the CDK's own output, of which more comes with each version: what is not needed here may be there.
const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ stackName: z.string(), templateFile: z.string(), file: z.string() }).partial().optional(),
      dependencies: z.array(z.string()).default([]),
    }),
  ),
});

const assetManifestSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
  dockerImages: z.record(z.string(), z.unknown()).default({}),
});

/**
 * @throws {AssemblyError} when the folder is not an assembly with that one stack.
 * @throws {TemplateError} and UnsupportedFeatureError, as parsing a template does.
 */
export async function loadStack(assemblyFolder: string, options: AssemblyOptions): Promise<AssembledStack> {
  const { artifacts } = await loadJson(join(assemblyFolder, 'manifest.json'), manifestSchema);
  const stacks = Object.entries(artifacts).flatMap(([id, { type, properties, dependencies }]) =>
    type === 'aws:cloudformation:stack' && properties?.templateFile !== undefined
      ? [{ stackName: properties.stackName ?? id, templateFile: properties.templateFile, dependencies }]
      : [],
  );
  const stack = selectStack(stacks, assemblyFolder, options.stackName);
  const templateText = await loadText(join(assemblyFolder, stack.templateFile));
  const manifestFiles = stack.dependencies.flatMap((id) => {
    const artifact = artifacts[id];
    return artifact?.type === 'cdk:asset-manifest' && artifact.properties?.file ? [artifact.properties.file] : [];
  });
  const assets = await Promise.all(manifestFiles.map((file) => loadAssetFolders(assemblyFolder, file, options)));
  return {
    stackName: stack.stackName,
    template: parseTemplate(stack.stackName, JSON.parse(templateText)),
    templateText,
    assetFolders: new Map(assets.flat()),
  };
}

function selectStack<Stack extends { readonly stackName: string }>(
  stacks: readonly Stack[],
  assemblyFolder: string,
  stackName: string | undefined,
): Stack {
  const [stack, ...others] =
    stackName === undefined ? stacks : stacks.filter((candidate) => candidate.stackName === stackName);
  if (stack && others.length === 0) return stack;
  const names = stacks.map((candidate) => candidate.stackName).join(', ') || 'none';
  throw new AssemblyError(`${assemblyFolder} has the stacks ${names}; name one of them, got ${stackName ?? 'nothing'}`);
}

async function loadAssetFolders(
  assemblyFolder: string,
  file: string,
  options: AssemblyOptions,
): Promise<[string, string][]> {
  const { files, dockerImages } = await loadJson(join(assemblyFolder, file), assetManifestSchema);
  const [image] = Object.keys(dockerImages);
  if (image) throw new UnsupportedFeatureError(file, `docker image asset ${image}`);
  return Object.values(files).flatMap(({ source, destinations }) => {
    const { path, packaging } = source;
    if (path === undefined || packaging !== 'zip') return [];
    return Object.values(destinations).map(({ bucketName, objectKey }): [string, string] => [
      `${fillPlaceholders(bucketName, options)}/${objectKey}`,
      resolve(assemblyFolder, path),
    ]);
  });
}

function fillPlaceholders(text: string, { region, accountId }: AssemblyOptions): string {
  return text.replaceAll(`\${AWS::AccountId}`, accountId).replaceAll(`\${AWS::Region}`, region);
}

async function loadJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(JSON.parse(await loadText(path)));
  if (!parsed.success) throw new AssemblyError(`${path}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  return parsed.data;
}

function loadText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause) => {
    throw new AssemblyError(`${path} cannot be read: ${cause.message}`, { cause });
  });
}
