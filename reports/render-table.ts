// A Markdown table from columns that say how to fill themselves.

import { markdownTable } from 'markdown-table';

export interface Column<Row> {
  /** With the unit, where there is one. */
  readonly heading: string;
  readonly align: 'left' | 'right';
  cell(row: Row): string;
}

export function left<Row>(heading: string, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'left', cell };
}

export function right<Row>(heading: string, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'right', cell };
}

export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  return markdownTable(
    [
      columns.map(({ heading }) => heading),
      ...rows.map((row) => columns.map((column) => escapeCell(column.cell(row)))),
    ],
    { align: columns.map(({ align }) => align) },
  );
}

/** Keeps text that somebody else wrote (a label, an error's cause) within its cell. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
