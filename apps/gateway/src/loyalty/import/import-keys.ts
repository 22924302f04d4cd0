/** The keys of those who may import, for injection. */
export const IMPORT_KEYS = Symbol('import keys');
