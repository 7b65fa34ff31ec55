/**
 * WeChat's pushes in MySQL, and what they change.
 *
 * <p>Rows and statements of the table {@code push_inbox}, where events are sealed, and those that
 * erase an account. What a push means is decided elsewhere.
 */
package dev.minilogin.adapters.persistence.push;
