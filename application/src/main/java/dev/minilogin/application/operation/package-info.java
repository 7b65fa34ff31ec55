/**
 * What load balancers and operators ask of a running instance.
 *
 * <p>One class a thing that a caller can ask for.
 */
package dev.minilogin.application.operation;
