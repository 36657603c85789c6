/** What tests share: the whole product on a real database, with a clock of their own. */
package dev.drawbridge.testing;
