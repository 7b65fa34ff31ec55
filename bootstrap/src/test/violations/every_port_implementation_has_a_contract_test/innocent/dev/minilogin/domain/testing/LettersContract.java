package dev.minilogin.domain.testing;

import org.junit.jupiter.api.Test;

public interface LettersContract {
  @Test
  default void sends() {}
}
