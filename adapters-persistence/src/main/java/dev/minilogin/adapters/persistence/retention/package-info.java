/**
 * What is past its time, and who forgets it, in MySQL.
 *
 * <p>Each statement here deletes or empties a few rows by an index that leads to them alone.
 */
package dev.minilogin.adapters.persistence.retention;
