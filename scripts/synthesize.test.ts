import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { STACK_NAME } from '../infra/names.ts';
import { type Synthesis, synthesize } from './synthesize.ts';

const HOUR_MS = 3_600_000;

describe('two syntheses at once', () => {
  let outputFolder = '';
  let syntheses: Synthesis[] = [];

  async function addFolder(name: string, ageHours: number): Promise<void> {
    await mkdir(join(outputFolder, name));
    const time = new Date(Date.now() - ageHours * HOUR_MS);
    await utimes(join(outputFolder, name), time, time);
  }

  beforeAll(async () => {
    outputFolder = await mkdtemp(join(tmpdir(), 'synthesize-'));
    for (const ageHours of [1, 2, 3, 4]) await addFolder(`assembly-${ageHours}-hours-old`, ageHours);
    await addFolder('filling-abandoned', 1);
    await addFolder('filling-by-another', 0);
    syntheses = await Promise.all([synthesize({ outputFolder }), synthesize({ outputFolder })]);
  });

  afterAll(() => rm(outputFolder, { recursive: true, force: true }));

  it('make one assembly, and both give it', async () => {
    const [first, second] = syntheses;

    expect(first?.assemblyFolder).toBe(second?.assemblyFolder);
    expect(syntheses.map(({ cached }) => cached)).toEqual([false, false]);
    expect(await readdir(first?.assemblyFolder ?? '')).toContain(`${STACK_NAME}.template.json`);
  });

  it('keep the three that were used last, and what another process is filling', async () => {
    const names = await readdir(outputFolder);

    expect(names.filter((name) => name.includes('-')).sort()).toEqual([
      'assembly-1-hours-old',
      'assembly-2-hours-old',
      'filling-by-another',
    ]);
    expect(names).toHaveLength(4);
  });

  it('are not repeated while the sources stay as they are', async () => {
    const again = await synthesize({ outputFolder });

    expect(again).toMatchObject({ assemblyFolder: syntheses[0]?.assemblyFolder, cached: true });
  });
});

describe('the bundle', () => {
  const resourceSchema = z.object({
    Properties: z.object({
      Description: z.unknown(),
      Code: z.object({ S3Key: z.string() }),
    }),
  });

  it.each([
    ['Plan', 500],
    ['Generate', 650],
    ['EventbridgeConsumeEventbridge', 500],
    ['SqsConsumeSqs', 500],
    ['KinesisConsumeKinesis', 500],
    ['FirehoseTransform', 500],
    ['CountArrivals', 500],
    ['CollectArrivalEvents', 500],
    ['Tally', 500],
    ['Report', 1200],
  ])('of %s is below %d KB and exports its handler', async (logicalId, kilobytes) => {
    const { assemblyFolder } = await synthesize();
    const { Resources } = z
      .object({ Resources: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(await readFile(join(assemblyFolder, `${STACK_NAME}.template.json`), 'utf8')));
    const [, resource] =
      Object.entries(Resources).find(
        ([id]) => new RegExp(`^${logicalId}[0-9A-F]{8}$`).test(id) && resourceSchema.safeParse(Resources[id]).success,
      ) ?? [];
    const { S3Key } = resourceSchema.parse(resource).Properties.Code;

    const bundle = join(assemblyFolder, `asset.${S3Key.replace('.zip', '')}`, 'index.js');

    expect((await stat(bundle)).size).toBeLessThan(kilobytes * 1000);
    expect(await readFile(bundle, 'utf8')).toMatch(/handler:\(\)=>/);
  });
});
