package dev.minilogin.domain.testing;

import org.junit.jupiter.api.Test;

public interface OnlyInMemoryContract {
  @Test
  default void sends() {}
}
