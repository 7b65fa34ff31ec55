package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Standing;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** A row of {@code sessions}, with what of its user's row decides whether it is good. */
@MappedEntity("sessions")
record SessionRow(
    @Id byte[] id,
    @Nullable byte[] family,
    byte[] userId,
    String appId,
    @Nullable byte[] installHash,
    @Nullable String model,
    @Nullable String platform,
    @Nullable String envVersion,
    @Nullable String version,
    @Nullable String scene,
    long createdAt,
    long lastSeenAt,
    long idleExpiresAt,
    long absoluteExpiresAt,
    @Nullable Long revokedAt,
    @Nullable String revokeReason,
    int epoch,
    String accountStatus,
    int accountEpoch) {

  Sessions.Held toHeld() {
    Session session =
        new Session(
            new SessionId(Binary.uuid(id)),
            new SessionId(Binary.uuid(family == null ? id : family)),
            new UserId(Binary.uuid(userId)),
            new AppId(appId),
            device(),
            Instant.ofEpochMilli(createdAt),
            Instant.ofEpochMilli(lastSeenAt),
            Instant.ofEpochMilli(idleExpiresAt),
            Instant.ofEpochMilli(absoluteExpiresAt),
            epoch,
            Optional.ofNullable(revokedAt)
                .map(
                    at ->
                        new Session.Ending(
                            Instant.ofEpochMilli(at), EndReason.valueOf(revokeReason))));
    return new Sessions.Held(
        session, new Standing(User.Status.valueOf(accountStatus), accountEpoch));
  }

  private Device device() {
    return new Device(
        Optional.ofNullable(installHash)
            .map(hash -> new InstallHash(HexFormat.of().formatHex(hash))),
        Optional.ofNullable(model),
        Optional.ofNullable(platform),
        Optional.ofNullable(envVersion).map(EnvVersion::valueOf),
        Optional.ofNullable(version),
        Optional.ofNullable(scene));
  }
}
