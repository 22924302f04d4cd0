/** One or more blanks separate the scheme and the credentials (RFC 9110, 11.4). */
const FORM = /^([^ \t]+)[ \t]+([^ \t]+)[ \t]*$/;

/**
 * The credentials of an Authorization header for one scheme.
 *
 * @param scheme lower case; headers write it in any case
 * @returns `undefined` when there is no header, or one of another scheme
 */
export function credentialsOf(header: string | undefined, scheme: 'basic' | 'bearer'): string | undefined {
  const [, given, credentials] = FORM.exec(header ?? '') ?? [];
  return given?.toLowerCase() === scheme ? credentials : undefined;
}
