import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { readerLanguage } from '../../../http/reader-language.js';
import { XLSX } from '../../workbooks/write-workbook.js';
import { csvOf, workbookOf } from './report-files.js';
import type { ReportTable } from './report-table.js';

const CSV = 'text/csv';
/** The first one is given to anyone who does not mind. */
const OFFERED = ['application/json', CSV, XLSX];

/** Sends a report as JSON, or as the file that `Accept` asks for, whose titles are in the language of `Accept-Language`. */
export async function sendReport<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  report: object,
  table: ReportTable<Row>,
): Promise<void> {
  void reply.header('vary', 'accept, accept-language');
  const type = new Negotiator(request.raw).mediaType(OFFERED);
  if (type !== CSV && type !== XLSX) {
    await reply.send(report);
    return;
  }
  const language = readerLanguage(request);
  const isCsv = type === CSV;
  const body = isCsv ? csvOf(table, language) : await workbookOf(table, language);
  await reply
    .header('content-type', isCsv ? 'text/csv; charset=utf-8; header=present' : XLSX)
    .header('content-disposition', `attachment; filename="${table.file}.${isCsv ? 'csv' : 'xlsx'}"`)
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .send(body);
}
