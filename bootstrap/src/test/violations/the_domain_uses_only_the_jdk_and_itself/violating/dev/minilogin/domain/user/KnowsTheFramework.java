package dev.minilogin.domain.user;

import io.micronaut.core.annotation.Nullable;

interface KnowsTheFramework {
  void rename(@Nullable String name);
}
