package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.user.UserId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A row of {@code audit_log}. */
@MappedEntity("audit_log")
record AuditRow(
    @Id byte[] id,
    long happenedAt,
    String kind,
    String actor,
    @Nullable String operator,
    @Nullable byte[] userId,
    @Nullable byte[] sessionId,
    @Nullable String appId,
    String details,
    int macKey,
    byte[] mac,
    @Nullable Long seq,
    @Nullable Integer chainKey,
    @Nullable byte[] chain) {
  /** The row of an event, neither proved nor linked yet. */
  static AuditRow of(byte[] id, AuditEvent event, int macKey) {
    return new AuditRow(
        id,
        event.at().toEpochMilli(),
        event.kind().name(),
        event.actor().kind().name(),
        event.actor().name().orElse(null),
        event.user().map(user -> Binary.of(user.value())).orElse(null),
        event.session().map(session -> Binary.of(session.value())).orElse(null),
        event.app().map(AppId::value).orElse(null),
        write(event.details()),
        macKey,
        new byte[0],
        null,
        null,
        null);
  }

  private static String write(Map<String, String> details) {
    return new TreeMap<>(details)
        .entrySet().stream()
            .map(detail -> detail.getKey() + '=' + detail.getValue())
            .collect(Collectors.joining("\n"));
  }

  AuditEntry toEntry() {
    return new AuditEntry(Binary.uuid(id), toEvent());
  }

  /** What a newer version wrote, or somebody else, must not keep the rest from being read. */
  private AuditEvent toEvent() {
    Instant at = Instant.ofEpochMilli(happenedAt);
    try {
      return new AuditEvent(
          at,
          AuditEvent.Kind.valueOf(kind),
          new Actor(Actor.Kind.valueOf(actor), Optional.ofNullable(operator)),
          user(),
          Optional.ofNullable(sessionId).map(bytes -> new SessionId(Binary.uuid(bytes))),
          Optional.ofNullable(appId).map(AppId::new),
          read(details));
    } catch (IllegalArgumentException e) {
      return new AuditEvent(
          at,
          AuditEvent.Kind.OTHER,
          Actor.SYSTEM,
          user(),
          Optional.empty(),
          Optional.empty(),
          Map.of());
    }
  }

  private Optional<UserId> user() {
    return Optional.ofNullable(userId).map(bytes -> new UserId(Binary.uuid(bytes)));
  }

  private static Map<String, String> read(String details) {
    return details
        .lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, _) -> first));
  }

  @Override
  public String toString() {
    return "AuditRow[" + Arrays.toString(id) + ", " + kind + "]";
  }
}
