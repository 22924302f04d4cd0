/**
 * What a message may show of an address, however it was mistyped: nothing before its last `@`, where a name and a
 * password stand.
 */
export function hideCredentials(text: string): string {
  const at = text.lastIndexOf('@');
  return at === -1 ? text : `[hidden]${text.slice(at)}`;
}
