// How report.html looks: on a desktop, on a phone, in the dark and on paper.

import { NEUTRAL_COLORS, type Scheme } from '../charts/palette.ts';
import { CHART_CLASS } from '../charts/style-sheet.ts';

const LINK_COLORS: Readonly<Record<Scheme, string>> = { light: '#0757ba', dark: '#6cb0ff' };
const SURFACE_COLORS: Readonly<Record<Scheme, string>> = { light: '#f4f6f8', dark: '#161c24' };

export const PAGE_STYLE_SHEET = `:root{color-scheme:light dark;${renderColors('light')}}
@media screen and (prefers-color-scheme:dark){:root{${renderColors('dark')}}}
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.page{max-width:1120px;margin:0 auto;padding:1.5rem clamp(.75rem,3vw,2rem) 4rem}
main{min-width:0}
h1,h2{line-height:1.25;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:clamp(1.5rem,1.1rem + 1.6vw,2.1rem);margin:0 0 1rem}
h2{font-size:1.35rem;margin:2.75rem 0 .9rem;padding-top:1.25rem;border-top:1px solid var(--grid)}
p,li{max-width:76ch;overflow-wrap:anywhere}
ul{padding-left:1.3rem}
li{margin:.3rem 0}
a{color:var(--link)}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--surface);padding:.1em .3em;border-radius:4px}
.skip{position:absolute;left:-100vw}
.skip:focus{left:.5rem;top:.5rem;background:var(--background);padding:.5rem;z-index:2}
nav{font-size:.92rem;margin:0 0 1.5rem;padding:.9rem 1.1rem;background:var(--surface);border-radius:8px}
nav p{margin:0 0 .4rem;font-weight:600}
nav ol{margin:0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem}
nav li{margin:0}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
.table{overflow-x:auto;margin:1rem 0;border:1px solid var(--grid);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .65rem;text-align:left;vertical-align:top}
th{background:var(--surface);font-weight:600;vertical-align:bottom}
th.right,td.right{text-align:right;white-space:nowrap}
th.right{white-space:normal}
td:first-child{white-space:nowrap}
td{border-top:1px solid var(--grid);min-width:4ch}
tbody tr:hover td{background:var(--surface)}
figure{margin:1.5rem 0}
.${CHART_CLASS}{display:block;max-width:100%;height:auto}
.narrow{display:none}
.${CHART_CLASS} .mark{outline:none}
.${CHART_CLASS} .mark.active{stroke:var(--text);stroke-width:2.5}
.tip{position:fixed;left:0;top:0;z-index:3;max-width:min(20rem,90vw);padding:.5rem .7rem;background:var(--text);color:var(--background);border-radius:6px;font-size:.85rem;line-height:1.4;white-space:pre-line;pointer-events:none}
.tip::first-line{font-weight:600}
.tip[hidden]{display:none}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
@media (min-width:1080px){
.page{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:2.5rem;max-width:1240px}
nav{position:sticky;top:1.5rem;align-self:start}
nav ol{display:block}
nav li{margin:.35rem 0;line-height:1.35}
}
@media (max-width:640px){.wide{display:none}.narrow{display:block}}
@media print{
.page{display:block;max-width:none;padding:0}
nav,.skip,.tip{display:none}
.wide{display:block}
.narrow{display:none}
body{font-size:10pt}
.table{overflow:visible;border:0}
table{font-size:7.5pt}
th,td{padding:.15rem .35rem}
td:first-child,td.right{white-space:normal}
figure,tr{break-inside:avoid}
h2{break-after:avoid}
a{color:inherit;text-decoration:none}
}
`;

function renderColors(scheme: Scheme): string {
  const { background, text, grid } = NEUTRAL_COLORS[scheme];
  return `--background:${background};--text:${text};--grid:${grid};--link:${LINK_COLORS[scheme]};--surface:${SURFACE_COLORS[scheme]}`;
}
