/** A statement that PostgreSQL parses once per session and knows by its name from then on. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const named = new Map<string, Statement>();

/**
 * Names a statement while its module is loaded: ``const FIND = statement('find-order')`select … where id = $1` ``, to be
 * run as `pool.query({ ...FIND, values: [id] })`. Nothing else gives a statement a name, so that a test can have
 * PostgreSQL prepare each of them against the schema. What is interpolated becomes SQL: constants of ours, never values.
 *
 * @throws Error when the name is taken: a session has one statement of a name
 */
export function statement(
  name: string,
): (texts: TemplateStringsArray, ...parts: readonly (string | number)[]) => Statement {
  return (texts, ...parts) => {
    if (named.has(name)) throw new Error(`Two statements are named ${name}.`);
    const made = { name, text: String.raw({ raw: texts }, ...parts) };
    named.set(name, made);
    return made;
  };
}

/** The named statements of all modules that are loaded. */
export function namedStatements(): readonly Statement[] {
  return [...named.values()];
}
