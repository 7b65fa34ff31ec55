package dev.minilogin.adapters.web.session;

import dev.minilogin.bootstrap.Settings;

final class ReadsSettings {
  private Settings settings;
}
