-- What a target has to have, at each start: one that an earlier release made gets it too. See src/docs/operations/targets.md.

-- A login must own nothing that could keep another from being dropped, nor so much that it cannot be dropped itself.
revoke execute on function lo_create(oid), lo_creat(int), lo_from_bytea(oid, bytea) from public;

-- These look for no interrupt: nobody could end a session that is in one of them before it is through.
revoke execute on function path_distance(path, path), path_inter(path, path), poly_distance(polygon, polygon),
    poly_overlap(polygon, polygon) from public;

-- Who last wrote a role, and no password: a holder who gives the login another password is seen by that.
grant select (oid, xmin) on pg_catalog.pg_authid to drawbridge_connector;
