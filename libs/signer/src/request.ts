/** What a signature can cover of one HTTP request. Bytes are signed as they are, never decoded and written again. */
export interface SignableRequest {
  readonly method: string;
  readonly path: string;
  /** Without the leading `?`; empty without a query. */
  readonly query: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** When the request is made; used only by profiles with a date or a timestamp. */
  readonly date: Date;
}
