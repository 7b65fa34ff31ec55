package dev.minilogin.application.letter;

import java.util.concurrent.ThreadLocalRandom;

final class UsesThreadLocal {
  int next() {
    return ThreadLocalRandom.current().nextInt();
  }
}
