/**
 * The audit log in MySQL.
 *
 * <p>Rows and statements of the tables {@code audit_log}, {@code audit_marks} and {@code
 * audit_keys}. Other packages add to the log through {@code AuditTrail}, within their own
 * transactions.
 */
package dev.minilogin.adapters.persistence.audit;
