/**
 * Errors as clients see them: RFC 9457 problem documents with a closed list of codes.
 *
 * <p>Every answer that isn't a success is made here, the framework's own included.
 */
package dev.minilogin.adapters.web.problem;
