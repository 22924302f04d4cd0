/** The current location: the path after the `#`, and the values of its `:parameters`. */
export interface Route<Page> {
  readonly page: Page;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the page of an address. The part after the `#` never leaves the browser, so no server log shows which card is
 * viewed.
 *
 * @param pages by pattern, such as `/cards/:number`
 * @param hash as `location.hash` has it
 */
export function findRoute<Page>(pages: Readonly<Record<string, Page>>, hash: string): Route<Page> | undefined {
  const [path = ''] = hash.replace(/^#/, '').split('?');
  const given = partsOf(path);
  for (const [pattern, page] of Object.entries(pages)) {
    const params = match(partsOf(pattern), given);
    if (params !== undefined) return { page, params };
  }
  return undefined;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function match(pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const value = decode(given[at] ?? '');
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Typed by hand and not encoded: taken literally.
    return text;
  }
}

/** What stands behind the `?` of an address. @param hash as `location.hash` has it */
export function queryOf(hash: string): URLSearchParams {
  return new URLSearchParams(hash.split('?')[1]);
}

/** The address of a page within the console. */
export function hrefOf(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}
