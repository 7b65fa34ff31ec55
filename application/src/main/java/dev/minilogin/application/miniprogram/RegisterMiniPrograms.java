package dev.minilogin.application.miniprogram;

import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import java.util.Collection;
import java.util.Optional;

/** Makes the mini programs of a configuration known to this server. */
public final class RegisterMiniPrograms {
  private final MiniPrograms miniPrograms;

  public RegisterMiniPrograms(MiniPrograms miniPrograms) {
    this.miniPrograms = miniPrograms;
  }

  /**
   * Creates those that are new, and gives those that differ what is configured. Whether one is
   * enabled stays as it is stored, and so do all others: operators decide about both elsewhere. An
   * AppSecret that another one replaces stays known as the other one.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if one can't be stored; those before it
   *     are
   */
  public void execute(Collection<MiniProgram> configured) {
    for (MiniProgram app : configured) {
      Optional<MiniProgram> stored = miniPrograms.find(app.appId());
      boolean enabled = stored.map(MiniProgram::enabled).orElse(app.enabled());
      AppSecrets secrets =
          stored.map(MiniProgram::secrets).map(app.secrets()::replacing).orElse(app.secrets());
      MiniProgram wanted = app.withEnabled(enabled).withSecrets(secrets);
      if (!stored.equals(Optional.of(wanted))) {
        miniPrograms.save(wanted);
      }
    }
  }
}
