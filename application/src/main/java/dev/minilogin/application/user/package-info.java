/**
 * What users do with their own account.
 *
 * <p>One class a thing that a caller can ask for; who the caller is was checked before.
 */
package dev.minilogin.application.user;
