/**
 * How long what is kept here is kept.
 *
 * <p>Each period stands here once; what lives as long as an account does is none of it.
 */
package dev.minilogin.domain.retention;
