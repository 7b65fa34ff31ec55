package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Queue;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.account.PersonMacs;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushInbox;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes in MySQL: sealed, and told apart, as the people they are about, by a hash. */
@Singleton
final class MysqlPushInbox implements PushInbox {
  private static final Logger LOG = LoggerFactory.getLogger(MysqlPushInbox.class);

  private final PushRows rows;
  private final PushEffects effects;
  private final AuditTrail audit;
  private final Storage storage;
  private final Sealer sealer;
  private final Hasher hasher;

  MysqlPushInbox(
      PushRows rows,
      PushEffects effects,
      AuditTrail audit,
      Storage storage,
      Sealer sealer,
      Hasher hasher) {
    this.rows = rows;
    this.effects = effects;
    this.audit = audit;
    this.storage = storage;
    this.sealer = sealer;
    this.hasher = hasher;
  }

  @Override
  public boolean accept(Push push) {
    byte[] id = Binary.of(push.id());
    byte[] event = sealer.seal(EventText.write(push.event().fields()), PushRow.place(id));
    List<byte[]> macs = hasher.hashes("push " + push.appId().value(), push.event().identity());
    byte[] person =
        push.event()
            .person()
            .map(openId -> PersonMacs.of(hasher, push.appId().value(), openId.value()).getFirst())
            .orElse(null);
    return storage.statement(
            "accepting a push",
            () ->
                rows.accept(
                    id,
                    push.appId().value(),
                    macs.getFirst(),
                    macs.getLast(),
                    event,
                    person,
                    push.receivedAt().toEpochMilli(),
                    push.tries()))
        == 1;
  }

  @Override
  public List<Push> claim(Instant now, Instant retryAt, int limit) {
    return Queue.claim(
            limit,
            wanted ->
                storage.statement(
                    "reading the pushes that are due", () -> rows.due(now.toEpochMilli(), wanted)),
            row ->
                storage.statement(
                        "taking a push up",
                        () -> rows.take(row.id(), row.nextTryAt(), retryAt.toEpochMilli()))
                    == 1)
        .stream()
        .flatMap(row -> open(row).stream())
        .sorted(Comparator.comparing(Push::receivedAt))
        .toList();
  }

  /** One that can't be opened must not keep the others from taking effect. */
  private Optional<Push> open(PushRow row) {
    try {
      return Optional.of(row.toPush(sealer));
    } catch (UnsealingFailed e) {
      LOG.error("the push {} can't be opened; it is tried again later", Binary.uuid(row.id()), e);
      return Optional.empty();
    }
  }

  @Override
  public boolean settle(UUID push, PushEffect effect, Instant at) {
    return storage.transaction(
        "letting a push take effect", () -> effects.settle(push, effect, at));
  }

  @Override
  public boolean putOff(UUID push, Instant retryAt) {
    return storage.statement(
            "putting a push off", () -> rows.putOff(Binary.of(push), retryAt.toEpochMilli()))
        == 1;
  }

  @Override
  public int replay(AppId appId, Instant since, Instant now, Actor by) {
    return storage.transaction(
        "replaying pushes",
        () -> {
          int count = effects.replay(appId, since, now);
          audit.append(AuditEvents.pushesReplayed(appId, since, count, by, now));
          return count;
        });
  }

  @Override
  public int forget(Instant handledBefore, int limit) {
    return storage.statement(
        "forgetting what pushes say", () -> rows.forget(handledBefore.toEpochMilli(), limit));
  }
}
