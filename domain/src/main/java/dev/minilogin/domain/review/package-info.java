/**
 * Content that others would see, before they do: what WeChat's content security says of it, and
 * what becomes of it.
 *
 * <p>Profiles are not changed here; a decision is one step with the change that follows from it.
 */
package dev.minilogin.domain.review;
