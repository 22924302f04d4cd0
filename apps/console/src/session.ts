import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Who is signed in, as the gateway says. What opens its calls is a cookie, which no script can read. */
export interface Session {
  /** The name of the key, as the audit records it. */
  readonly name: string;
  /** What it may do; the gateway refuses the rest. */
  readonly role: Role;
}

export type Role = 'office' | 'viewer' | 'operator' | 'admin';

type Listener = (session: Session | undefined, notice: string | undefined) => void;
let listener: Listener = () => undefined;

/** The gateway has let someone in. */
export function enter(session: Session): void {
  listener(session, undefined);
}

/** No one is signed in any more. @param notice why, for the person who did not ask for it */
export function leave(notice?: string): void {
  listener(undefined, notice);
}

/** Registers the listener for sign-in and sign-out. */
export function onSession(onChange: Listener): void {
  listener = onChange;
}

export const SessionContext = createContext<Session | undefined>(undefined);

const DECIDING: readonly Role[] = ['operator', 'admin'];

/** Whether the person may decide about orders and change things. What is not allowed is not offered; the gateway refuses it too. */
export function useMayDecide(): boolean {
  const role = useContext(SessionContext)?.role;
  return role !== undefined && DECIDING.includes(role);
}

/** Whether the person may erase, import and check before going live. */
export function useIsAdmin(): boolean {
  return useContext(SessionContext)?.role === 'admin';
}
