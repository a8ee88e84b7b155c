// The price list as it is committed: one price a line, so that a diff shows what changed.

import type { PriceEntry, PriceList } from '../../model/prices/price-list.ts';

/** Items as they come, Regions by name. */
export function renderPriceList({ sources, prices }: PriceList): string {
  const sourceLines = Object.entries(sources).map(([id, text]) => `    ${quote(id)}: ${quote(text)}`);
  const itemLines = Object.entries(prices).map(([item, regions]) => `    ${quote(item)}: ${renderRegions(regions)}`);
  return `{
  "sources": {
${sourceLines.join(',\n')}
  },
  "prices": {
${itemLines.join(',\n')}
  }
}
`;
}

function renderRegions(regions: Readonly<Record<string, PriceEntry>>): string {
  const lines = Object.entries(regions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, { usd, date, source }]) => {
      const entry = `{ "usd": ${quote(usd)}, "date": ${quote(date)}, "source": ${quote(source)} }`;
      return `      ${quote(region)}: ${entry}`;
    });
  return `{\n${lines.join(',\n')}\n    }`;
}

function quote(value: string | number): string {
  return JSON.stringify(value);
}
