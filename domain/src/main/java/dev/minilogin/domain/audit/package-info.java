/**
 * What happened here to accounts, sessions and settings, and who did it: a log that can only grow
 * at its end, and that shows when somebody changed it.
 *
 * <p>No personal data lives here, and nothing that decides anything.
 */
package dev.minilogin.domain.audit;
