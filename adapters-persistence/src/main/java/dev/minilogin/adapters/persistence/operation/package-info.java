/**
 * What operators ask of the database.
 *
 * <p>No table is read or written here.
 */
package dev.minilogin.adapters.persistence.operation;
