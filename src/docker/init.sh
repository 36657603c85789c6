#!/usr/bin/env bash
# Sets a fresh PostgreSQL up: the application's database, and the demonstration target with the account that hands out
# access there. Neither account is a superuser.
set -euo pipefail

psql -v ON_ERROR_STOP=1 -v drawbridge="$DRAWBRIDGE_PASSWORD" -v connector="$CONNECTOR_PASSWORD" --username postgres <<'SQL'
create role drawbridge login password :'drawbridge';
create role drawbridge_connector login createrole password :'connector';
grant pg_signal_backend, pg_use_reserved_connections to drawbridge_connector;
create database drawbridge owner drawbridge;
create database orders;
revoke all on database postgres, template1, drawbridge, orders from public;
SQL
for script in orders target; do
  psql -v ON_ERROR_STOP=1 --username postgres --dbname orders --file "${DEMO:-/demo}/$script.sql"
done
