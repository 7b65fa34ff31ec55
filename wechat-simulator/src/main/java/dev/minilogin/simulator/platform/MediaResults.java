package dev.minilogin.simulator.platform;

/** Who takes the results of media checks to the app's server. */
@FunctionalInterface
public interface MediaResults {

  /** Sends the push, and returns when it was accepted or given up. Called on any thread. */
  void deliver(MediaResult result);
}
