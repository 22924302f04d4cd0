/** What an operator's key may do. */
export const OPERATOR_ROLES = ['office', 'viewer', 'operator', 'admin'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/**
 * Viewers, operators and admins are a line: each may do what those before it may. Who places orders from files is beside
 * it, and reads nothing but their own; operators may do that too.
 */
const INCLUDED: Readonly<Record<OperatorRole, readonly OperatorRole[]>> = {
  office: ['office'],
  viewer: ['viewer'],
  operator: ['office', 'viewer', 'operator'],
  admin: OPERATOR_ROLES,
};

/** Whether a key with this role may make a call that needs another. */
export function includesRole(role: OperatorRole, needed: OperatorRole | 'any'): boolean {
  return needed === 'any' || INCLUDED[role].includes(needed);
}
