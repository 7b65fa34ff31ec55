/** What new nicknames and avatars go through before others see them. */
package dev.minilogin.application.review;
