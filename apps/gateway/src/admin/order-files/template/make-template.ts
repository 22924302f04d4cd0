import { COLUMN_NAMES, COLUMNS } from '../columns.js';
import type { TemplateQuery } from '../order-file-requests.js';
import { writeWorkbook, XLSX } from '../../workbooks/write-workbook.js';

/** A tariff as the template offers it. */
export interface OfferedTariff {
  readonly id: string;
  readonly name: string | null;
}

export interface Template {
  readonly name: string;
  readonly contentType: string;
  readonly body: Buffer;
}

const BYTE_ORDER_MARK = '\ufeff';
const SHEETS = { ru: ['Заказы', 'Тарифы'], en: ['Orders', 'Tariffs'] } as const;

/** A file with the titles and no lines; as a workbook with the tariffs to choose from, and with cells that keep their zeros. */
export async function makeTemplate(
  { form, language }: TemplateQuery,
  tariffs: readonly OfferedTariff[],
): Promise<Template> {
  const titles = COLUMN_NAMES.map((name) => COLUMNS[name][language]);
  if (form === 'csv') {
    const text = `${BYTE_ORDER_MARK}${titles.join(';')}\r\n`;
    return { name: 'orders.csv', contentType: 'text/csv; charset=utf-8', body: Buffer.from(text) };
  }
  const [orders, list] = SHEETS[language];
  const listed = tariffs.map(({ id, name }) => (name === null ? id : `${id} ${name}`));
  const body = await writeWorkbook([
    {
      name: orders,
      rows: [titles],
      columns: { count: titles.length, width: 18, isText: true },
      choice: { column: COLUMN_NAMES.indexOf('tariffId'), list, count: listed.length },
    },
    { name: list, rows: listed.map((text) => [text]) },
  ]);
  return { name: 'orders.xlsx', contentType: XLSX, body };
}
