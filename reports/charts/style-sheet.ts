// The style sheet of a chart: colours for light and dark. It stands in the SVG itself, so that the file alone is readable on both.

import { SERVICES } from '../../model/service.ts';
import { NEUTRAL_COLORS, type Scheme, SERVICE_COLORS } from './palette.ts';

/** Every rule is kept within it, because an inlined chart shares its style sheet with the page. */
export const CHART_CLASS = 'showdown-chart';

/** Printed charts are light: paper is. */
export const CHART_STYLE_SHEET = `${renderRules('light')}
@media screen and (prefers-color-scheme: dark) {
${renderRules('dark')}
}`;

function renderRules(scheme: Scheme): string {
  const { background, text, quiet, grid, front } = NEUTRAL_COLORS[scheme];
  const rules = [
    ['background', `fill:${background}`],
    ['text', `fill:${text}`],
    ['quiet', `fill:${quiet}`],
    ['note', `fill:${text};stroke:${background}`],
    ['tick', `stroke:${front}`],
    ['grid', `stroke:${grid}`],
    ['front', `stroke:${front}`],
    ['ring', `stroke:${text}`],
    ...SERVICES.flatMap((service) => {
      const color = SERVICE_COLORS[scheme][service];
      return [
        [`line-${service}`, `stroke:${color}`],
        [`dot-${service}`, `fill:${color};stroke:${background}`],
        [`hollow-${service}`, `fill:${background};stroke:${color}`],
        [`label-${service}`, `fill:${color};stroke:${background}`],
      ];
    }),
  ];
  return rules.map(([name, declarations]) => `.${CHART_CLASS} .${name}{${declarations}}`).join('\n');
}
