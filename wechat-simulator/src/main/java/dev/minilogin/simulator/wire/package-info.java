/**
 * The wire log: who said what to whom, with every secret masked before it is kept.
 *
 * <p>{@link dev.minilogin.simulator.wire.WireLog} is the only way to make an entry, so nothing
 * unmasked can get in. No HTTP lives here.
 */
package dev.minilogin.simulator.wire;
