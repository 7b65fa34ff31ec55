package dev.minilogin.adapters.persistence;

import java.util.SplittableRandom;

final class UsesSplittable {
  long next() {
    return new SplittableRandom(1).nextLong();
  }
}
