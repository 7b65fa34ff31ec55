package dev.minilogin.bootstrap;

import dev.minilogin.application.miniprogram.RegisterMiniPrograms;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.PushSettings;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the configured mini programs known, before the first request is taken. */
@Singleton
@Requires(missingProperty = OperatorCommands.RUNNING)
final class OnStartup {
  private static final Logger LOG = LoggerFactory.getLogger(OnStartup.class);

  private final RegisterMiniPrograms registerMiniPrograms;
  private final Settings settings;

  OnStartup(RegisterMiniPrograms registerMiniPrograms, Settings settings) {
    this.registerMiniPrograms = registerMiniPrograms;
    this.settings = settings;
  }

  private void warn(MiniProgram app) {
    boolean checked = app.policies().content().checked();
    if (checked && app.push().isEmpty()) {
      LOG.warn(
          "{}: avatars stay in review, because WeChat pushes no results: set its PUSH_TOKEN and"
              + " PUSH_AES_KEY, or CONTENT_CHECK=false",
          app.appId());
    }
    if (checked && "localhost".equals(settings.here().uri().getHost())) {
      LOG.warn(
          "{}: WeChat can't fetch avatars from {}: set MINI_LOGIN_PUBLIC_URL",
          app.appId(),
          settings.here().uri());
    }
    if (app.push().filter(push -> push.mode() == PushSettings.Mode.PLAIN).isPresent()) {
      LOG.warn("{}: its pushes are in plain mode: whoever sees one can forge others", app.appId());
    }
  }

  @EventListener
  void register(StartupEvent event) {
    registerMiniPrograms.execute(settings.apps());
    settings.apps().forEach(this::warn);
  }
}
