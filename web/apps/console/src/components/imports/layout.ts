import type { ImportChoice, ImportColumn, ImportFileColumn } from '@bole/api';

/** File column → field; a field goes to one column only, the last choice wins. */
export function choose(mapping: Record<string, string>, column: string, field: string): Record<string, string> {
  const next: Record<string, string> = {};
  for (const [key, value] of Object.entries(mapping)) if (key !== column && (value !== field || field === '')) next[key] = value;
  if (field) next[column] = field;
  return next;
}

export function startMapping(file: ImportFileColumn[]): Record<string, string> {
  return Object.fromEntries(file.filter((column) => column.field).map((column) => [column.column, column.field]));
}

/** Required fields that no column of the file goes to. */
export function missing(columns: ImportColumn[], mapping: Record<string, string>): ImportColumn[] {
  const used = new Set(Object.values(mapping));
  return columns.filter((column) => column.required && !used.has(column.key));
}

export function toChoices(mapping: Record<string, string>): ImportChoice[] {
  return Object.entries(mapping).map(([column, field]) => ({ column, field }));
}
