/** Access to PostgreSQL databases: a login role of its own for each grant. */
@NullMarked
package dev.drawbridge.grant.postgres;

import org.jspecify.annotations.NullMarked;
