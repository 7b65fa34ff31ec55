package dev.minilogin.adapters.persistence.miniprogram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Mini programs in MySQL, kept for a few seconds: every request asks for one, and they hardly
 * change. That a mini program is unknown is kept too, up to a bounded number of them.
 */
@Singleton
final class MysqlMiniPrograms implements MiniPrograms {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final int KEPT_AT_MOST = 10_000;

  private final MiniProgramRows rows;
  private final Storage storage;
  private final Sealer sealer;
  private final Cache<AppId, Optional<MiniProgram>> kept =
      Caffeine.newBuilder().maximumSize(KEPT_AT_MOST).expireAfterWrite(KEPT).build();

  MysqlMiniPrograms(MiniProgramRows rows, Storage storage, Sealer sealer) {
    this.rows = rows;
    this.storage = storage;
    this.sealer = sealer;
  }

  @Override
  public Optional<MiniProgram> find(AppId appId) {
    Optional<MiniProgram> known = kept.getIfPresent(appId);
    if (known != null) {
      return known;
    }
    Optional<MiniProgram> found =
        storage
            .statement("reading a mini program", () -> rows.byAppId(appId.value()))
            .map(this::toMiniProgram);
    kept.put(appId, found);
    return found;
  }

  @Override
  public void save(MiniProgram app) {
    storage.statement(
        "storing a mini program",
        () ->
            rows.put(
                app.appId().value(),
                sealer.seal(app.secret().reveal(), place(app.appId().value())),
                app.enabled(),
                app.lifetimes().idle().toMillis(),
                app.lifetimes().absolute().toMillis()));
    kept.invalidate(app.appId());
  }

  private MiniProgram toMiniProgram(MiniProgramRow row) {
    return new MiniProgram(
        new AppId(row.appId()),
        new AppSecret(sealer.open(row.sealedSecret(), place(row.appId()))),
        row.enabled(),
        new SessionLifetimes(
            Duration.ofMillis(row.idleLifetimeMs()), Duration.ofMillis(row.absoluteLifetimeMs())));
  }

  private static String place(String appId) {
    return "AppSecret " + appId;
  }
}
