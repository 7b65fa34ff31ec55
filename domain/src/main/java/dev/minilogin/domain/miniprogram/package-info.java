/**
 * Mini programs: who they are at WeChat and how this server treats them.
 *
 * <p>Here live their identifiers, their secret and the port that stores them. Nothing that depends
 * on a user or a session may live here: the other packages of the domain build on this one.
 */
package dev.minilogin.domain.miniprogram;
