// Rewrites model/prices/price-list.json from AWS's Price List, which anybody may read. Run npm run prices:refresh.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { PRICE_LIST, type PriceItem } from '../model/prices/price-list.ts';
import { runProgram } from './command-line/run-program.ts';
import { BILLED_ITEMS } from './refresh-prices/collect-prices.ts';
import { refreshPrices } from './refresh-prices/refresh-prices.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'ap-southeast-2', 'eu-central-1'];

const path = join(import.meta.dirname, '..', 'model', 'prices', 'price-list.json');

const program = new Command('prices:refresh')
  .description("Writes AWS's list prices into the price list, and shows what changed.")
  .option('--check', 'write nothing; exit with 1 when a price differs')
  .option('--regions <regions>', `with commas between them (default: ${REGIONS.join()})`, parseRegions)
  .option('--items <items>', 'with commas between them (default: all that AWS bills)', parseItems)
  .action(async ({ check, regions, items }) => {
    process.exitCode = await refreshPrices({
      committed: PRICE_LIST,
      items: items ?? BILLED_ITEMS,
      regions: regions ?? REGIONS,
      check: check === true,
      fetchUrl: fetch,
      write: (text) => writeFile(path, text),
      print: (text) => process.stdout.write(`${text}\n`),
    });
  });

await runProgram(program);

function parseRegions(text: string): string[] {
  const regions = text.split(',');
  if (!regions.every((region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)))
    throw new InvalidArgumentError('They must be codes as in us-east-1,eu-west-2.');
  return regions;
}

function parseItems(text: string): PriceItem[] {
  const items = BILLED_ITEMS.filter((item) => text.split(',').includes(item));
  if (items.length !== text.split(',').length)
    throw new InvalidArgumentError(`They must be of ${BILLED_ITEMS.join(', ')}.`);
  return items;
}
