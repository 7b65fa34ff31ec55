/** What may not be done without end: counting it, and forgetting what was counted. */
package dev.minilogin.application.limit;
