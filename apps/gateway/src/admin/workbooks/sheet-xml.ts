import { STYLE, type CellStyle } from './styles.js';

/** A cell: a text, or a number by its digits, which stay exact. */
export type SheetCell = string | { readonly number: string; readonly style: CellStyle };

export interface Sheet {
  readonly name: string;
  /** The first one may be the titles. */
  readonly rows: readonly (readonly SheetCell[])[];
  readonly hasTitles?: boolean;
  /** How wide the columns are, in characters, and that what is typed into them is text. */
  readonly columns?: { readonly count: number; readonly width: number; readonly isText: boolean };
  /** A column that is chosen from the first column of another sheet. */
  readonly choice?: { readonly column: number; readonly list: string; readonly count: number };
}

/** So many lines offer the choice. */
const OFFERED_LINES = 2_001;

/** What stands in a worksheet, in the order of the standard. */
export function sheetXml({ rows, hasTitles = false, columns, choice }: Sheet): string {
  const lines = rows.map(
    (row, at) => `<row>${row.map((value) => cell(value, hasTitles && at === 0 ? 'title' : 'text')).join('')}</row>`,
  );
  return `${hasTitles ? TITLES_STAY : ''}${columns === undefined ? '' : columnsXml(columns)}<sheetData>${lines.join('')}</sheetData>${choice === undefined ? '' : validation(choice)}`;
}

const TITLES_STAY =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

function columnsXml({ count, width, isText }: NonNullable<Sheet['columns']>): string {
  const style = isText ? ` style="${STYLE.text}"` : '';
  return `<cols><col min="1" max="${count}" width="${width}"${style} customWidth="1"/></cols>`;
}

/** What is not on the list is taken too: the check says more about it. */
function validation({ column, list, count }: NonNullable<Sheet['choice']>): string {
  if (count === 0) return '';
  const letter = String.fromCharCode(65 + column);
  const formula = `'${escaped(list)}'!$A$1:$A$${count}`;
  return `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${letter}2:${letter}${OFFERED_LINES}"><formula1>${formula}</formula1></dataValidation></dataValidations>`;
}

function cell(value: SheetCell, style: CellStyle): string {
  if (typeof value === 'string') return `<c t="inlineStr" s="${STYLE[style]}"><is><t>${escaped(value)}</t></is></c>`;
  return `<c s="${STYLE[value.style]}"><v>${value.number}</v></c>`;
}

export function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
