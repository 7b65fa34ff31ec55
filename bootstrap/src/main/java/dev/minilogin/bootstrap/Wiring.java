package dev.minilogin.bootstrap;

import dev.minilogin.adapters.persistence.DatabaseSettings;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.wechat.http.WeChatSettings;
import dev.minilogin.application.miniprogram.RegisterMiniPrograms;
import dev.minilogin.application.operation.CheckReadiness;
import dev.minilogin.application.session.CheckSession;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.application.session.LogOut;
import dev.minilogin.application.user.UpdateProfile;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.operation.StorageProbe;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.CodeExchange;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Builds the use cases and what the adapters are configured with. */
@Factory
final class Wiring {
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Singleton
  Settings settings(Environment environment, SecureRandom random) {
    return Settings.read(environment, random);
  }

  @Singleton
  KeyRing keyRing(Settings settings) {
    return settings.keys();
  }

  @Singleton
  DatabaseSettings databaseSettings(Settings settings) {
    return settings.database();
  }

  @Singleton
  WeChatSettings weChatSettings(Settings settings) {
    return settings.weChat();
  }

  @Singleton
  LogIn logIn(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      InstantSource clock,
      SecureRandom random) {
    return new LogIn(miniPrograms, codeExchange, logins, clock, random);
  }

  @Singleton
  CheckSession checkSession(Sessions sessions, MiniPrograms miniPrograms, InstantSource clock) {
    return new CheckSession(sessions, miniPrograms, clock);
  }

  @Singleton
  LogOut logOut(Sessions sessions, InstantSource clock) {
    return new LogOut(sessions, clock);
  }

  @Singleton
  UpdateProfile updateProfile(Users users, InstantSource clock) {
    return new UpdateProfile(users, clock);
  }

  @Singleton
  CheckReadiness checkReadiness(StorageProbe storage) {
    return new CheckReadiness(storage);
  }

  @Singleton
  RegisterMiniPrograms registerMiniPrograms(MiniPrograms miniPrograms) {
    return new RegisterMiniPrograms(miniPrograms);
  }
}
