/** An object that a hook starts later, and that cases name as if it were there. */
export interface LateBound<T extends object> {
  /** Behaves as the object that was bound last, and says what is missing while there is none. */
  readonly handle: T;
  bind(target: T | undefined): void;
}

/** @param missing says why it is not there, when it is used and is not */
export function lateBound<T extends object>(missing: string): LateBound<T> {
  let bound: T | undefined;
  const target = (): T => {
    if (bound === undefined) throw new Error(missing);
    return bound;
  };
  const handle = new Proxy({} as T, {
    get: (_, name): unknown => {
      const value: unknown = Reflect.get(target(), name);
      return typeof value === 'function' ? value.bind(bound) : value;
    },
    set: (_, name, value) => Reflect.set(target(), name, value),
  });
  return {
    handle,
    bind: (next) => {
      bound = next;
    },
  };
}
