package dev.minilogin.simulator.fault;

import java.util.Optional;

/**
 * A fault that is waiting for calls.
 *
 * @param id its handle, e.g. {@code f1}
 * @param timesLeft how many calls it will still hit; empty: all
 */
public record ActiveFault(String id, Fault fault, Optional<Integer> timesLeft) {}
