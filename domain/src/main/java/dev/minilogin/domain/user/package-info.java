/**
 * People as this server knows them: their account and their profile.
 *
 * <p>How they log in is not known here; an identity at WeChat leads to a user, never the other way.
 */
package dev.minilogin.domain.user;
