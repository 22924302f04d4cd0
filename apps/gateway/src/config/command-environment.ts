/** For commands that need only the database: they open no listener, so the configuration must not require keys. */
export const COMMAND_ENVIRONMENT = { ROLES: 'admin', ADMIN_API_KEYS: 'command:opens-no-listener' } as const;
