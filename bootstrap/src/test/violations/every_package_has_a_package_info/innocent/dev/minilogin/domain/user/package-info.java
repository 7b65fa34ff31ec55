/** Users. */
package dev.minilogin.domain.user;
