package dev.minilogin.domain.miniprogram;

import java.util.Optional;

/** The mini programs of this server, shared by all its instances. */
public interface MiniPrograms {
  /**
   * The mini program as it is stored now, or was a few seconds ago: an adapter may keep it for a
   * short time, because every request asks.
   *
   * @return empty if it is not known here
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that could not be found out
   */
  Optional<MiniProgram> find(AppId appId);

  /**
   * Creates the mini program, or replaces what is stored of it. Atomic; the last writer wins. The
   * audit log says {@code MINI_PROGRAM_REGISTERED}, or {@code MINI_PROGRAM_CHANGED} if anything
   * did.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it could not be stored
   */
  void save(MiniProgram miniProgram);
}
