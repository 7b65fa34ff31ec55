package dev.minilogin.simulator.push;

import java.util.List;

/**
 * How a push went.
 *
 * @param attempts how often it was sent: once, and three times more at most
 * @param answers one for each attempt
 * @param accepted whether the last answer was as WeChat wants it; if not, WeChat gives up
 */
public record PushDelivery(int attempts, List<PushAnswer> answers, boolean accepted) {

  static PushDelivery of(List<PushAnswer> answers) {
    return new PushDelivery(
        answers.size(), List.copyOf(answers), !answers.isEmpty() && answers.getLast().accepted());
  }
}
