package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import java.util.Optional;

/** The mini programs of an {@link InMemoryStorage}; what was saved is found at once. */
public final class InMemoryMiniPrograms implements MiniPrograms {
  private final InMemoryStorage storage;

  public InMemoryMiniPrograms(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Optional<MiniProgram> find(AppId appId) {
    return storage.inOneStep(
        "reading a mini program", () -> Optional.ofNullable(storage.miniProgramsById.get(appId)));
  }

  @Override
  public void save(MiniProgram miniProgram) {
    storage.inOneStep(
        "saving a mini program",
        () -> {
          MiniProgram before = storage.miniProgramsById.put(miniProgram.appId(), miniProgram);
          AuditEvents.miniProgramSaved(Optional.ofNullable(before), miniProgram, Sample.now())
              .ifPresent(storage::audit);
          return miniProgram;
        });
  }
}
