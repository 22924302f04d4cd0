/** The Content-Type of every answer. The semicolon at the end is the vendor's (koshelek-loyalty.md, "Every method"). */
export const CONTENT_TYPE = 'application/json; charset=utf-8;';
