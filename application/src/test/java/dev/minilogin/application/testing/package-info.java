/** What the tests of several use cases share. */
package dev.minilogin.application.testing;
