package dev.minilogin.bootstrap;

import dev.minilogin.application.miniprogram.RegisterMiniPrograms;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;

/** Makes the configured mini programs known, before the first request is taken. */
@Singleton
final class OnStartup {
  private final RegisterMiniPrograms registerMiniPrograms;
  private final Settings settings;

  OnStartup(RegisterMiniPrograms registerMiniPrograms, Settings settings) {
    this.registerMiniPrograms = registerMiniPrograms;
    this.settings = settings;
  }

  @EventListener
  void register(StartupEvent event) {
    registerMiniPrograms.execute(settings.apps());
  }
}
