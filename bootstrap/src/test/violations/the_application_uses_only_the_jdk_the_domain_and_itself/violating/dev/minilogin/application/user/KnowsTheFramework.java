package dev.minilogin.application.user;

import io.micronaut.core.annotation.Nullable;

public final class KnowsTheFramework {
  public void execute(@Nullable String name) {}
}
