// Text delimited files, as Step Functions reads them. Backslashes escape here besides doubled quotation marks.
// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html

/** Rows of fields; lines without any character are none. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  /** Something other than a line's end was there. */
  let hasContent = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    if (hasContent) rows.push(row);
    row = [];
    hasContent = false;
  };
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '\n' && !isQuoted) {
      endRow();
      continue;
    }
    if (character === '\r' && next === '\n' && !isQuoted) continue;
    hasContent = true;
    if (character === '\\') {
      // Before anything that it does not escape it is dropped.
      if (next === '\\' || next === '"' || next === delimiter) {
        field += next;
        index++;
      }
    } else if (character === '"' && isQuoted && next === '"') {
      field += '"';
      index++;
    } else if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      endField();
    } else {
      field += character;
    }
  }
  endRow();
  return rows;
}

/** One object of strings for each row: what is missing is empty, what is too much is left out. */
export function nameFields(rows: readonly (readonly string[])[], headers: readonly string[]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(headers.map((header, index) => [header, row[index] ?? ''])));
}
