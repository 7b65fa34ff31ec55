/**
 * The simulator as one thing: platform, faults, wire log and phone together, and what can be done
 * to them.
 *
 * <p>No HTTP and no JSON: the Java API and the HTTP control API are both thin faces of this.
 */
package dev.minilogin.simulator.control;
