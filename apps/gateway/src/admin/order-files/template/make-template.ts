import { COLUMN_NAMES, COLUMNS } from '../columns.js';
import type { TemplateQuery } from '../order-file-requests.js';
import { writeWorkbook } from './write-workbook.js';

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

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
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
  const body = await writeWorkbook({
    sheets: [orders, list],
    titles,
    listed: tariffs.map(({ id, name }) => (name === null ? id : `${id} ${name}`)),
    listColumn: COLUMN_NAMES.indexOf('tariffId'),
  });
  return { name: 'orders.xlsx', contentType: XLSX, body };
}
