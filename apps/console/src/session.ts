/**
 * The admin key, for as long as the browser's tab lives: a reload keeps it, closing the tab forgets it. It stands in no
 * address and leaves only in the Authorization header of calls to our own gateway.
 */
export interface Session {
  readonly key: string;
  /** The name of the key, under which the audit keeps what is done with it. */
  readonly name: string;
}

const PLACE = 'vestibule.session';
type Listener = (session: Session | undefined, notice: string | undefined) => void;
let listener: Listener = () => undefined;
let current = read();

function read(): Session | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') ?? undefined;
  } catch {
    // Somebody else's text in our place; the next sign-in writes over it.
    return undefined;
  }
}

export function currentSession(): Session | undefined {
  return current;
}

export function signIn(session: Session): void {
  sessionStorage.setItem(PLACE, JSON.stringify(session));
  current = session;
  listener(session, undefined);
}

/** @param notice why, for the person who did not ask for it */
export function signOut(notice?: string): void {
  sessionStorage.removeItem(PLACE);
  current = undefined;
  listener(undefined, notice);
}

/** Tells the one who shows the pages when somebody has come or gone. */
export function onSession(tell: Listener): void {
  listener = tell;
}
