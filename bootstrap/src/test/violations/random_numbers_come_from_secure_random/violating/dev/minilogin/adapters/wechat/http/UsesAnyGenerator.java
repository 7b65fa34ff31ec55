package dev.minilogin.adapters.wechat.http;

import java.util.random.RandomGenerator;

final class UsesAnyGenerator {
  private RandomGenerator random;
}
