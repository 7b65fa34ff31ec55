/**
 * Content under review, in MySQL.
 *
 * <p>Rows and statements of the table {@code content_reviews}, which holds reviews without a
 * decision only. What a user sees of a review stands in the user's row.
 */
package dev.minilogin.adapters.persistence.review;
