/** What the server does with its audit log, and what operators ask of it. */
package dev.minilogin.application.audit;
