import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { createRandom } from '../kernel/random.ts';
import { type DeployedStack, deployStack } from './deploy-stack.ts';
import { loadStack } from './load-assembly.ts';
import { withoutEffect } from './property-schemas.ts';
import { defineResourceType, type ResourceType } from './resource-type.ts';
import { Stacks } from './stacks.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const CODE = { S3Bucket: { 'Fn::Sub': `assets-\${AWS::AccountId}-\${AWS::Region}` }, S3Key: 'hash.zip' };

/** A kind of resource as simple as can be, and the order in which such were made. */
function createThings(): { type: ResourceType; made: string[] } {
  const made: string[] = [];
  const type = defineResourceType({
    name: 'Test::Thing',
    properties: z.strictObject({
      Name: z.string().optional(),
      Size: z.number().max(10).optional(),
      Nested: z.strictObject({ Known: z.string() }).optional(),
      Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }).optional(),
      Tags: withoutEffect('of no interest'),
    }),
    async provision({ Name, Code }, context) {
      if (Name === 'refused') throw new RangeError('no such thing');
      if (Name === 'odd') throw new UnsupportedFeatureError('thing odd', 'oddness');
      const reference = Name ?? context.createName({ lengthMax: 64 });
      made.push(reference);
      const folder = Code && (await context.findAssetFolder(Code.S3Bucket, Code.S3Key));
      return { reference, attributes: { Arn: `arn:${reference}`, ...(folder && { Folder: folder }) } };
    },
    delete() {},
  });
  return { type, made };
}

describe('deployStack', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function write(name: string, content: unknown): Promise<void> {
    await writeFile(join(folder, name), JSON.stringify(content));
  }

  async function writeAssembly(template: object): Promise<void> {
    await write('manifest.json', {
      version: '55.0.0',
      artifacts: {
        'tiny.assets': { type: 'cdk:asset-manifest', properties: { file: 'tiny.assets.json' } },
        tiny: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'tiny.template.json' },
          dependencies: ['tiny.assets'],
        },
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
    });
    await write('tiny.assets.json', {
      version: '55.0.0',
      files: {
        hash: {
          source: { path: 'asset.hash', packaging: 'zip' },
          destinations: {
            current: { bucketName: `assets-\${AWS::AccountId}-\${AWS::Region}`, objectKey: 'hash.zip' },
          },
        },
      },
    });
    await write('tiny.template.json', template);
    await mkdir(join(folder, 'asset.hash'));
  }

  async function deploy(
    template: object,
    things = createThings(),
    storedParameters: Readonly<Record<string, string>> = {},
  ): Promise<DeployedStack> {
    await writeAssembly(template);
    const stack = await loadStack(folder, { ...ACCOUNT, stackName: undefined });
    return deployStack(stack, {
      ...ACCOUNT,
      types: [things.type],
      findStoredParameter: (name) => storedParameters[name],
      stacks: new Stacks(),
      random: createRandom(1, 'cloudformation'),
      nowMs: 0,
    });
  }

  it('makes resources in the order of their dependencies, and resolves outputs', async () => {
    const things = createThings();

    const stack = await deploy(
      {
        Resources: {
          Second: { Type: 'Test::Thing', Properties: { Name: { 'Fn::Sub': `second-\${First}` } } },
          First: { Type: 'Test::Thing', Properties: { Name: 'first', Tags: [{ Key: 'a', Value: 'b' }] } },
        },
        Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Second', 'Arn'] }, Description: 'of the second' } },
      },
      things,
    );

    expect(things.made).toEqual(['first', 'second-first']);
    expect(stack.outputs).toEqual({ Arn: 'arn:second-first' });
    expect(stack.resources.First).toEqual({
      type: 'Test::Thing',
      physicalId: 'first',
      attributes: { Arn: 'arn:first' },
    });
  });

  it('makes up names that follow from the seed', async () => {
    const template = { Resources: { Thing: { Type: 'Test::Thing' } } };

    const [first, second] = [
      await deploy(template),
      await rm(join(folder, 'asset.hash'), { recursive: true }).then(() => deploy(template)),
    ];

    expect(first.resources.Thing?.physicalId).toMatch(/^tiny-Thing-\w{12}$/);
    expect(second).toEqual(first);
  });

  it('finds the folder of an asset by the bucket and key that the asset manifest gives it', async () => {
    const stack = await deploy({ Resources: { Thing: { Type: 'Test::Thing', Properties: { Code: CODE } } } });

    expect(stack.resources.Thing?.attributes.Folder).toBe(join(folder, 'asset.hash'));
  });

  it('refuses an asset that the manifest lacks', async () => {
    const Code = { ...CODE, S3Key: 'other.zip' };

    await expect(deploy({ Resources: { Thing: { Type: 'Test::Thing', Properties: { Code } } } })).rejects.toThrow(
      'Thing (Test::Thing): the assembly has no asset s3://assets-000000000000-us-east-1/other.zip',
    );
  });

  it('leaves out resources and outputs whose condition is false', async () => {
    const stack = await deploy({
      Parameters: { Stage: { Type: 'String', Default: 'prod' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, Test: { 'Fn::Not': [{ Condition: 'Prod' }] } },
      Resources: {
        There: { Type: 'Test::Thing', Condition: 'Prod', Properties: { Name: 'there' } },
        NotThere: { Type: 'Test::Thing', Condition: 'Test' },
      },
      Outputs: { A: { Value: 'a', Condition: 'Test' }, B: { Value: 'b', Condition: 'Prod' } },
    });

    expect(Object.keys(stack.resources)).toEqual(['There']);
    expect(stack.outputs).toEqual({ B: 'b' });
  });

  describe('with the rule on the bootstrap version that the CDK writes', () => {
    const template = {
      Parameters: {
        BootstrapVersion: {
          Type: 'AWS::SSM::Parameter::Value<String>',
          Default: '/cdk-bootstrap/hnb659fds/version',
          Description: 'Version of the CDK Bootstrap resources',
        },
      },
      Rules: {
        CheckBootstrapVersion: {
          Assertions: [
            {
              Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }] },
              AssertDescription: 'CDK bootstrap stack version 6 required.',
            },
          ],
        },
      },
      Resources: { Thing: { Type: 'Test::Thing', Properties: { Name: 'thing' } } },
    };
    const deployWith = (stored: Record<string, string>) => deploy(template, createThings(), stored);

    it('deploys when the version is recent enough', async () => {
      const { resources } = await deployWith({ '/cdk-bootstrap/hnb659fds/version': '6' });

      expect(Object.keys(resources)).toEqual(['Thing']);
    });

    it('refuses an older version', async () => {
      await expect(deployWith({ '/cdk-bootstrap/hnb659fds/version': '5' })).rejects.toThrow(
        'rule CheckBootstrapVersion: CDK bootstrap stack version 6 required.',
      );
    });

    it('refuses an account that lacks the stored parameter', async () => {
      await expect(deployWith({})).rejects.toThrow(
        'parameter BootstrapVersion is the SSM parameter /cdk-bootstrap/hnb659fds/version, which does not exist',
      );
    });
  });

  it('refuses at once every type and property that it does not model, and makes nothing', async () => {
    const things = createThings();
    const deployment = deploy(
      {
        Resources: {
          Thing: { Type: 'Test::Thing', Properties: { Name: 'thing', Colour: 'red', Size: 3 } },
          Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't' } },
        },
      },
      things,
    );

    await expect(deployment).rejects.toThrow(
      new UnsupportedFeatureError(
        'stack tiny',
        'property Colour of Thing (Test::Thing), resource Table (AWS::DynamoDB::Table)',
      ),
    );
    expect(things.made).toEqual([]);
  });

  it.each([
    [{ Nested: { Known: 'a', Unknown: 'b' } }, 'property Nested.Unknown is not modelled by the emulator'],
    [{ Size: 11 }, 'Size: Too big: expected number to be <=10'],
    [{ Size: { Ref: 'Nobody' } }, 'Nobody is not in the template'],
    [{ Name: 'refused' }, 'no such thing'],
    [{ Name: 'odd' }, 'thing odd: oddness is not modelled by the emulator'],
  ])('names the resource whose properties are %j', async (Properties, message) => {
    const deployment = deploy({ Resources: { Thing: { Type: 'Test::Thing', Properties } } });

    await expect(deployment).rejects.toThrow(`Thing (Test::Thing): ${message}`);
  });

  it.each([
    [{ Transform: 'AWS::Serverless-2016-10-31' }, 'stack tiny: Transform is not modelled by the emulator'],
    [
      { Resources: { A: { Type: 'Test::Thing', CreationPolicy: {} } } },
      'stack tiny: Resources.A.CreationPolicy is not modelled by the emulator',
    ],
    [{ Parameters: { A: { Type: 'String' } } }, 'Parameters: [A] must have values'],
  ])('refuses %j', async (sections, message) => {
    await expect(deploy({ Resources: {}, ...sections })).rejects.toThrow(message);
  });
});

describe('loadStack', () => {
  it('names the folder that is no assembly', async () => {
    const load = loadStack('/nowhere', { ...ACCOUNT, stackName: undefined });

    await expect(load).rejects.toThrow(/^\/nowhere\/manifest.json cannot be read: /);
  });
});
