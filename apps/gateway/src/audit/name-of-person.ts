import { userInfo } from 'node:os';

/** Who a command of the command line is, in the audit: it has no key. */
export function nameOfPerson(): string {
  return `command:${userInfo().username}`;
}
