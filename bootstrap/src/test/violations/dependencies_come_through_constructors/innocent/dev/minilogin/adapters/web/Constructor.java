package dev.minilogin.adapters.web;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

@Singleton
final class Constructor {
  private final Runnable work;

  @Inject
  Constructor(@Named("blocking") Runnable work) {
    this.work = work;
  }
}
