package dev.minilogin.adapters.web.letter;

import java.util.random.RandomGeneratorFactory;

final class ChoosesAGenerator {
  private RandomGeneratorFactory<?> factory;
}
