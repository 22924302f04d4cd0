/** How a cell looks, by its place in `cellXfs` below. */
export const STYLE = { general: 0, text: 1, title: 2, count: 3, roubles: 4 } as const;
export type CellStyle = keyof typeof STYLE;

/** The number formats 3 and 4 are built in: 1,234 and 1,234.50, as the reader's spreadsheet writes them; 49 is text. */
export const STYLES =
  '<fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="49" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="3" applyNumberFormat="1"/>' +
  '<xf numFmtId="4" applyNumberFormat="1"/></cellXfs>';
