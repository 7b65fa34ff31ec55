/** Accounts that turn out to be one person's. */
package dev.minilogin.adapters.persistence.merge;
