package dev.minilogin.application.session;

import jakarta.inject.Singleton;

@Singleton
public final class IsABean {
  public void execute() {}
}
