import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PRICE_LIST, type PriceList } from '../../model/prices/price-list.ts';
import { renderPriceList } from './render-price-list.ts';

const path = join(import.meta.dirname, '..', '..', 'model', 'prices', 'price-list.json');

test('renderPriceList renders the committed price list as it is committed', async () => {
  expect(renderPriceList(PRICE_LIST)).toBe(await readFile(path, 'utf8'));
});

test('renderPriceList keeps every price, and sorts Regions by name', () => {
  const entry = { usd: 0.4, date: '2027-01-15', source: 'a "page"' };
  const list: PriceList = {
    sources: { 'a "page"': 'where prices\nare read' },
    prices: { ...PRICE_LIST.prices, 'sqs.request': { 'us-east-1': entry, 'eu-west-1': entry } },
  };

  const rendered: PriceList = JSON.parse(renderPriceList(list));

  expect(rendered).toEqual(list);
  expect(Object.keys(rendered.prices['sqs.request'])).toEqual(['eu-west-1', 'us-east-1']);
});
