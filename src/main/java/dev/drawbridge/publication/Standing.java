package dev.drawbridge.publication;

/**
 * What counts by the record.
 *
 * @param live what is in force
 * @param last the id of the last step of any publication: whoever knows it knows all before it
 */
record Standing(Publication live, long last) {}
