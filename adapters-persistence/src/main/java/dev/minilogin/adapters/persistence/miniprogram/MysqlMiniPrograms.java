package dev.minilogin.adapters.persistence.miniprogram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mini programs in MySQL, kept for a few seconds: every request asks for one, and they hardly
 * change. That a mini program is unknown is kept too, up to a bounded number of them.
 */
@Singleton
final class MysqlMiniPrograms implements MiniPrograms {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final int KEPT_AT_MOST = 10_000;

  private final MiniProgramRows rows;
  private final MiniProgramChangeRows changes;
  private final AuditTrail audit;
  private final Storage storage;
  private final Sealer sealer;
  private final InstantSource clock;
  private final Cache<AppId, Optional<MiniProgram>> kept =
      Caffeine.newBuilder().maximumSize(KEPT_AT_MOST).expireAfterWrite(KEPT).build();

  MysqlMiniPrograms(
      MiniProgramRows rows,
      MiniProgramChangeRows changes,
      AuditTrail audit,
      Storage storage,
      Sealer sealer,
      InstantSource clock) {
    this.rows = rows;
    this.changes = changes;
    this.audit = audit;
    this.storage = storage;
    this.sealer = sealer;
    this.clock = clock;
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
    Instant now = clock.instant();
    storage.transaction(
        "storing a mini program",
        () -> {
          Optional<MiniProgramRow> before = changes.locked(app.appId().value());
          if (put(app) != before.isEmpty()) {
            throw new Storage.LostRace("the mini program was saved meanwhile");
          }
          event(before, app, now).ifPresent(audit::append);
          return app;
        });
    kept.invalidate(app.appId());
  }

  private Optional<AuditEvent> event(
      Optional<MiniProgramRow> before, MiniProgram after, Instant at) {
    try {
      return AuditEvents.miniProgramSaved(before.map(this::toMiniProgram), after, at);
    } catch (UnsealingFailed e) {
      return Optional.of(AuditEvents.miniProgramReplaced(after.appId(), at));
    }
  }

  /**
   * @return whether it is new
   */
  private boolean put(MiniProgram app) {
    String appId = app.appId().value();
    Policies policies = app.policies();
    Optional<PushSettings> push = app.push();
    List<PushKey> pushKeys = push.map(PushSettings::keys).orElse(List.of());
    return changes.put(
            appId,
            seal(app.secrets().current(), appId),
            app.secrets().other().map(secret -> seal(secret, appId)).orElse(null),
            app.enabled(),
            app.lifetimes().idle().toMillis(),
            app.lifetimes().absolute().toMillis(),
            policies.tenant().name(),
            policies.content().checked(),
            policies.content().onReview().name(),
            policies.content().onRisky().name(),
            policies.risk().reaction().name(),
            policies.risk().from(),
            policies.encryptedDataChecked(),
            names(policies.sessions().admitted()),
            policies.sessions().perUser(),
            push.map(settings -> settings.mode().name()).orElse(null),
            push.map(settings -> settings.format().name()).orElse(null),
            push.map(settings -> sealer.seal(settings.token().reveal(), tokenPlace(appId)))
                .orElse(null),
            pushKeys.stream().findFirst().map(key -> seal(key, appId)).orElse(null),
            pushKeys.stream().skip(1).findFirst().map(key -> seal(key, appId)).orElse(null))
        == 1;
  }

  private byte[] seal(AppSecret secret, String appId) {
    return sealer.seal(secret.reveal(), place(appId));
  }

  private byte[] seal(PushKey key, String appId) {
    return sealer.seal(key.reveal(), keyPlace(appId));
  }

  private MiniProgram toMiniProgram(MiniProgramRow row) {
    return new MiniProgram(
        new AppId(row.appId()),
        new AppSecrets(
            open(row.sealedSecret(), row.appId()),
            Optional.ofNullable(row.sealedSecret2()).map(column -> open(column, row.appId()))),
        row.enabled(),
        new SessionLifetimes(
            Duration.ofMillis(row.idleLifetimeMs()), Duration.ofMillis(row.absoluteLifetimeMs())),
        new Policies(
            new Tenant(row.tenant()),
            new ContentPolicy(
                row.contentChecked(),
                ContentPolicy.Treatment.valueOf(row.contentOnReview()),
                ContentPolicy.Treatment.valueOf(row.contentOnRisky())),
            new RiskPolicy(RiskPolicy.Reaction.valueOf(row.riskReaction()), row.riskFrom()),
            row.encryptedDataChecked(),
            new SessionPolicy(builds(row.admittedBuilds()), row.sessionsPerUser())),
        Optional.ofNullable(row.pushMode()).map(mode -> toPushSettings(mode, row)));
  }

  private AppSecret open(byte[] sealed, String appId) {
    return new AppSecret(sealer.open(sealed, place(appId)));
  }

  private PushSettings toPushSettings(String mode, MiniProgramRow row) {
    return new PushSettings(
        PushSettings.Mode.valueOf(mode),
        PushSettings.Format.valueOf(row.pushFormat()),
        new PushToken(sealer.open(row.pushToken(), tokenPlace(row.appId()))),
        Stream.of(row.pushKey(), row.pushKey2())
            .filter(Objects::nonNull)
            .map(column -> new PushKey(sealer.open(column, keyPlace(row.appId()))))
            .toList());
  }

  private static String names(Set<EnvVersion> builds) {
    return builds.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
  }

  private static Set<EnvVersion> builds(String names) {
    return Stream.of(names.split(",")).map(EnvVersion::valueOf).collect(Collectors.toSet());
  }

  static String place(String appId) {
    return "AppSecret " + appId;
  }

  static String tokenPlace(String appId) {
    return "push token " + appId;
  }

  static String keyPlace(String appId) {
    return "push key " + appId;
  }
}
