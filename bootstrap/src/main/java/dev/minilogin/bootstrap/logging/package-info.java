/**
 * How log lines look: what an attacker can put into one doesn't make it two. Known to {@code
 * logback.xml}, and to the configuration for the choice of a format.
 */
package dev.minilogin.bootstrap.logging;
