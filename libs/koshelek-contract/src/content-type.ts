/** The Content-Type of every answer, to the letter: the semicolon at the end is the vendor's (contract, "Rules"). */
export const CONTENT_TYPE = 'application/json; charset=utf-8;';
