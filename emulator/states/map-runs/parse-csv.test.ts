import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { nameFields, parseCsv } from './parse-csv.ts';

function render(rows: readonly (readonly string[])[], delimiter: string): string {
  const quote = (field: string) => `"${field.replaceAll('\\', '\\\\').replaceAll('"', '""')}"`;
  return rows.map((row) => row.map(quote).join(delimiter)).join('\n');
}

test('parseCsv gives back every table that was written with its fields in quotation marks', () => {
  const tables = array(array(string({ unit: constantFrom('a', ',', '|', '"', '\\', '\n', ' ') }), { minLength: 1 }));

  assert(
    property(tables, constantFrom(',', '|'), (rows, delimiter) => {
      expect(parseCsv(render(rows, delimiter), delimiter)).toEqual(rows);
    }),
  );
});

test('parseCsv takes lines of no characters for none, and a lone delimiter for two empty fields', () => {
  expect(parseCsv('\r\na\r\n\n,\n', ',')).toEqual([['a'], ['', '']]);
});

test('nameFields keeps to the headers', () => {
  expect(nameFields([['1'], ['1', '2', '3']], ['a', 'b'])).toEqual([
    { a: '1', b: '' },
    { a: '1', b: '2' },
  ]);
});
