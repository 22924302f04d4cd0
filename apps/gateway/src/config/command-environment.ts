/**
 * For commands that need only the database: they open no listener and call no partner, so the configuration must neither
 * require keys nor refuse what only these must not have.
 */
export const COMMAND_ENVIRONMENT = {
  ROLES: 'admin',
  ADMIN_API_KEYS: 'command:opens-no-listener',
  NODE_ENV: 'command',
} as const;
