package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** What a row of {@code sessions} says of a person and a device. */
@MappedEntity("sessions")
record CopiedSessionRow(
    @Id byte[] id,
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
    @Nullable String revokeReason) {

  PersonalData.DeviceSession toDeviceSession() {
    return new PersonalData.DeviceSession(
        new SessionId(Binary.uuid(id)),
        new AppId(appId),
        new Device(
            Optional.ofNullable(installHash)
                .map(hash -> new InstallHash(HexFormat.of().formatHex(hash))),
            Optional.ofNullable(model),
            Optional.ofNullable(platform),
            Optional.ofNullable(envVersion).map(EnvVersion::valueOf),
            Optional.ofNullable(version),
            Optional.ofNullable(scene)),
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(lastSeenAt),
        Instant.ofEpochMilli(idleExpiresAt),
        Instant.ofEpochMilli(absoluteExpiresAt),
        Optional.ofNullable(revokedAt)
            .map(
                at ->
                    new Session.Ending(Instant.ofEpochMilli(at), EndReason.valueOf(revokeReason))));
  }

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "CopiedSessionRow[" + Binary.uuid(id) + "]";
  }
}
