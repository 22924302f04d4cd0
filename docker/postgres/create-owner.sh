#!/usr/bin/env bash
# Runs once, on a new cluster: the gateway gets a role of its own, which owns one database and may do nothing else. The password
# is taken as it is from DATABASE_PASSWORD, and is never part of a command line or of an SQL text.
set -euo pipefail
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv password DATABASE_PASSWORD
create role vestibule login password :'password';
create database vestibule owner vestibule;
revoke connect on database vestibule from public;
SQL
