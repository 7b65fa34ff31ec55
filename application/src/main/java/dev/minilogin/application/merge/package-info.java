/** What an operator does with accounts that turn out to be one person's. */
package dev.minilogin.application.merge;
