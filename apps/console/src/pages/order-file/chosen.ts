import type { CheckedFile } from '../../api/order-files.js';

/** A file that a person has chosen, and what the gateway says of it. */
export interface ChosenFile {
  readonly file: Blob;
  readonly checked: CheckedFile;
}

/** In memory only: the file has phones in it. It is gone with a reload; the gateway knows what was placed. */
const chosen = new Map<string, ChosenFile>();

export function keepChosen(file: ChosenFile): void {
  chosen.set(file.checked.hash, file);
}

export function findChosen(hash: string): ChosenFile | undefined {
  return chosen.get(hash);
}
