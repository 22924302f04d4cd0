/**
 * For commands that need the database and nothing else: they open no door, so the configuration must not ask for
 * anybody's keys.
 */
export const NO_DOORS = { ROLES: 'admin', ADMIN_API_KEYS: 'command:opens-no-door' } as const;
