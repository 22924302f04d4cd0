import { writeCsv } from '../text/csv.js';

/** Lets the browser save a file under a name. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function saveCsv(rows: readonly (readonly string[])[], name: string): void {
  saveFile(new Blob([writeCsv(rows)], { type: 'text/csv' }), name);
}
