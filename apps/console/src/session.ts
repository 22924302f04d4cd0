/**
 * The admin key, for as long as the browser's tab lives: a reload keeps it, closing the tab removes it. It is in no
 * URL, and is sent only in the Authorization header of calls to our own gateway.
 */
export interface Session {
  readonly key: string;
  /** The name of the key, as the audit records it. */
  readonly name: string;
  /** What it may do; the gateway refuses the rest. */
  readonly role: Role;
}

export type Role = 'office' | 'viewer' | 'operator' | 'admin';

const PLACE = 'vestibule.session';
type Listener = (session: Session | undefined, notice: string | undefined) => void;
let listener: Listener = () => undefined;
let current = read();

function read(): Session | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') ?? undefined;
  } catch {
    // Not our format; the next sign-in overwrites it.
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

/** Registers the listener for sign-in and sign-out. */
export function onSession(onChange: Listener): void {
  listener = onChange;
}
