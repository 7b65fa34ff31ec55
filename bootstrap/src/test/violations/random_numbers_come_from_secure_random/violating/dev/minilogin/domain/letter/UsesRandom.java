package dev.minilogin.domain.letter;

import java.util.Random;

final class UsesRandom {
  private final Random random = new Random();
}
