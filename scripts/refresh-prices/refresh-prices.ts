// Reads prices from AWS, says what differs from the committed price list, and writes it unless it is only to be checked.

import { renderQuote } from '../../model/prices/price.ts';
import type { PriceItem, PriceList } from '../../model/prices/price-list.ts';
import { left, renderTable, right } from '../../reports/render-table.ts';
import { EXIT_FAILED, EXIT_GOOD } from '../command-line/exit-codes.ts';
import { collectPrices } from './collect-prices.ts';
import { createOfferLoader, type FetchUrl } from './load-offer.ts';
import { comparePrices, mergePrices, type PriceChange } from './merge-prices.ts';
import { renderPriceList } from './render-price-list.ts';

export interface Refresh {
  readonly committed: PriceList;
  readonly items: readonly PriceItem[];
  readonly regions: readonly string[];
  /** Writes nothing, and a price that differs is a failure. */
  readonly check: boolean;
  readonly fetchUrl: FetchUrl;
  readonly write: (text: string) => Promise<void>;
  readonly print: (text: string) => void;
}

/**
 * @returns the exit code.
 * @throws {OfferDownloadError}
 * @throws {OfferFormatError}
 * @throws {RefusedPricesError}
 */
export async function refreshPrices(refresh: Refresh): Promise<number> {
  const { committed, check, print } = refresh;
  const found = await collectPrices(createOfferLoader(refresh.fetchUrl), refresh);
  const changes = comparePrices(committed, found);
  if (changes.length > 0) print(`${renderChanges(changes)}\n`);
  print(`${found.length} prices read from AWS, ${changes.length} of them other than in the price list.`);
  if (check) return changes.length > 0 ? EXIT_FAILED : EXIT_GOOD;
  await refresh.write(renderPriceList(mergePrices(committed, found)));
  return EXIT_GOOD;
}

function renderChanges(changes: readonly PriceChange[]): string {
  return renderTable(changes, [
    left('item', ({ item }) => item),
    left('Region', ({ region }) => region),
    right('before, USD', ({ item, before }) => (before ? renderQuote(item, before.usd) : 'none')),
    right('after, USD', ({ item, after }) => renderQuote(item, after.usd)),
  ]);
}
