/**
 * Forgetting what is past its time.
 *
 * <p>How long what is kept is the domain's business.
 */
package dev.minilogin.application.retention;
