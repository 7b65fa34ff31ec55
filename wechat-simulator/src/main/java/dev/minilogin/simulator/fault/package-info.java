/**
 * Misbehaviour on demand: what shall go wrong with which server API, and how often.
 *
 * <p>Only the description of faults and the choice among them live here; carrying them out is the
 * business of the {@code http} package.
 */
package dev.minilogin.simulator.fault;
