/**
 * For commands that need the database and nothing else: they open no listener, so the configuration must not ask for
 * anybody's keys.
 */
export const COMMAND_ENVIRONMENT = { ROLES: 'admin', ADMIN_API_KEYS: 'command:opens-no-listener' } as const;
