package dev.minilogin.domain.testing;

import org.junit.jupiter.api.Test;

public interface WithoutMemoryContract {
  @Test
  default void sends() {}
}
