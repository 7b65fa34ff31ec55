package dev.minilogin.application.miniprogram;

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
   * Creates those that are new and replaces those that differ. Others stay: they may have been
   * added elsewhere.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if one can't be stored; those before it
   *     are
   */
  public void execute(Collection<MiniProgram> configured) {
    configured.stream()
        .filter(app -> !miniPrograms.find(app.appId()).equals(Optional.of(app)))
        .forEach(miniPrograms::save);
  }
}
