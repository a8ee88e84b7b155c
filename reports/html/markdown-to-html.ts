// The Markdown report as HTML. Labels and errors' causes in it were written by others: no HTML in it is taken for HTML, images are the
// report's own charts or text, and links lead to https or nowhere.

import { Marked, type RendererObject, type Tokens } from 'marked';
import { escapeHtml } from './escape-html.ts';

export interface HtmlBody {
  readonly html: string;
  /** Of the second level, in order. */
  readonly headings: readonly { readonly id: string; readonly title: string }[];
}

/** `renderImage` gives the HTML for a file beside the report, or undefined for one that is not the report's own. */
export function markdownToHtml(markdown: string, renderImage: (fileName: string) => string | undefined): HtmlBody {
  const headings: { id: string; title: string }[] = [];
  const marked = new Marked({ gfm: true, tokenizer: NO_HTML, renderer: createRenderer(headings, renderImage) });
  return { html: marked.parse(markdown, { async: false }), headings };
}

/** With these two gone, marked knows no HTML: an angle bracket is text. */
const NO_HTML = { html: () => undefined, tag: () => undefined };

function createRenderer(
  headings: { id: string; title: string }[],
  renderImage: (fileName: string) => string | undefined,
): RendererObject {
  const ids = new Set<string>();
  let section = 'Report';
  return {
    heading({ tokens, depth, text }) {
      const id = createId(text, ids);
      section = text;
      if (depth === 2) headings.push({ id, title: text });
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    table({ header, rows }) {
      const renderCells = (cells: readonly Tokens.TableCell[], isHeader: boolean) =>
        cells
          .map(({ tokens, align }) => {
            const side = align === 'right' ? ' class="right"' : '';
            const content = this.parser.parseInline(tokens);
            return isHeader ? `<th scope="col"${side}>${content}</th>` : `<td${side}>${content}</td>`;
          })
          .join('');
      const body = rows.map((cells) => `<tr>${renderCells(cells, false)}</tr>`).join('\n');
      // A reader without a pointer scrolls what has the focus.
      return `<div class="table" role="region" tabindex="0" aria-label="Table: ${escapeHtml(section)}"><table>
<thead><tr>${renderCells(header, true)}</tr></thead>
<tbody>
${body}
</tbody>
</table></div>\n`;
    },
    paragraph({ tokens }) {
      const [first] = tokens;
      if (tokens.length === 1 && first?.type === 'image') {
        const image = renderImage(String(first.href));
        if (image !== undefined) return image;
      }
      return `<p>${this.parser.parseInline(tokens)}</p>\n`;
    },
    image: ({ raw }) => escapeHtml(raw),
    html: ({ raw }) => escapeHtml(raw),
    link({ href, tokens, raw }) {
      if (!href.startsWith('https://')) return escapeHtml(raw);
      return `<a href="${escapeHtml(href)}" rel="noreferrer">${this.parser.parseInline(tokens)}</a>`;
    },
    text(token) {
      return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escapeHtml(token.text);
    },
  };
}

function createId(title: string, taken: Set<string>): string {
  const slug =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'section';
  let id = slug;
  for (let count = 2; taken.has(id); count++) id = `${slug}-${count}`;
  taken.add(id);
  return id;
}
