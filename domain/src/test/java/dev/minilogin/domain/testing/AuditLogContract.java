package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditCheck.Flaw;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link dev.minilogin.domain.audit.AuditLog} promises. */
public interface AuditLogContract extends StorageContract {
  @Test
  default void an_event_is_read_as_it_was_written() {
    UserId user = Sample.userId();
    AuditEvent event =
        AuditEvent.of(Kind.SESSION_ENDED, Actor.operator("ann@example"), Sample.now())
            .withUser(user)
            .withSession(Sample.sessionId())
            .withApp(Sample.appId())
            .with("reason", "REVOKED")
            .with("other-session", Sample.uuid())
            .with("seen-at", Sample.now());
    storage().auditLog().append(event);
    assertThat(auditOf(user)).containsExactly(event);
  }

  @Test
  default void events_of_all_kinds_and_actors_are_read_as_they_were_written() {
    UserId user = Sample.userId();
    Instant at = Sample.now();
    List<AuditEvent> events = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      events.add(AuditEvent.of(kind, Actor.SYSTEM, at.plusMillis(events.size())).withUser(user));
    }
    for (Actor actor : List.of(Actor.USER, Actor.WECHAT, Actor.operator("a"))) {
      events.add(AuditEvent.of(Kind.LOGOUT, actor, at.plusMillis(events.size())).withUser(user));
    }
    events.forEach(storage().auditLog()::append);
    assertThat(auditOf(user)).isEqualTo(events);
  }

  @Test
  default void an_event_about_nobody_is_found_by_its_time_alone() {
    Instant at = Sample.now();
    String mark = Sample.uuid().toString();
    AuditEvent event = AuditEvent.of(Kind.AUDIT_VERIFIED, Actor.SYSTEM, at).with("mark", mark);
    storage().auditLog().append(event);
    assertThat(allSince(at)).containsOnlyOnce(event);
    assertThat(allSince(at.plusMillis(1))).doesNotContain(event);
  }

  @Test
  default void equal_events_are_two() {
    UserId user = Sample.userId();
    AuditEvent event = AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now()).withUser(user);
    storage().auditLog().append(event);
    storage().auditLog().append(event);
    assertThat(auditOf(user)).containsExactly(event, event);
  }

  @Test
  default void events_of_a_user_come_by_their_time_and_in_pages() {
    UserId user = Sample.userId();
    Instant at = Sample.now();
    List<AuditEvent> events =
        IntStream.range(0, 7)
            .mapToObj(
                i ->
                    AuditEvent.of(Kind.LOGIN, Actor.USER, at.plusMillis(i / 2))
                        .withUser(user)
                        .with("number", i))
            .toList();
    events.reversed().forEach(storage().auditLog()::append);

    List<AuditEntry> read = new ArrayList<>();
    Optional<AuditEntry> last = Optional.empty();
    for (int size : List.of(3, 3, 1, 0)) {
      List<AuditEntry> page = storage().auditLog().about(user, at, last, 3);
      assertThat(page).hasSize(size);
      read.addAll(page);
      last = Optional.of(read.getLast());
    }
    assertThat(read).extracting(AuditEntry::event).containsExactlyInAnyOrderElementsOf(events);
    assertThat(read).extracting(entry -> entry.event().at()).isSorted();
    assertThat(read).extracting(AuditEntry::id).doesNotHaveDuplicates();
    assertThat(storage().auditLog().about(user, at.plusMillis(3), Optional.empty(), 9))
        .extracting(AuditEntry::event)
        .containsExactly(events.getLast());
  }

  @Test
  default void of_somebody_unknown_nothing_is_known() {
    assertThat(auditOf(Sample.userId())).isEmpty();
  }

  @Test
  default void an_audit_log_that_cannot_be_asked_says_so() {
    AuditEvent event = AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now());
    var unreachable = unreachableStorage().auditLog();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> unreachable.append(event));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachable.since(Instant.EPOCH, Optional.empty(), 1));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachable.about(Sample.userId(), Instant.EPOCH, Optional.empty(), 1));
  }

  // The chain

  @Test
  default void all_entries_are_linked_and_the_chain_is_whole() {
    linkAll();
    AuditHead before = log().check(Optional.empty()).head();
    AuditEvent event = AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now());
    for (int i = 0; i < 5; i++) {
      log().append(event);
    }
    AuditCheck waiting = log().check(Optional.of(before));
    assertThat(waiting.flaw()).isEmpty();
    assertThat(waiting.unlinked()).isEqualTo(5);
    assertThat(waiting.head()).isEqualTo(before);

    assertThat(log().link(3)).isEqualTo(3);
    assertThat(log().link(3)).isEqualTo(2);
    assertThat(log().link(3)).isZero();
    AuditCheck linked = log().check(Optional.of(before));
    assertThat(linked.flaw()).isEmpty();
    assertThat(linked.unlinked()).isZero();
    assertThat(linked.linked()).isEqualTo(waiting.linked() + 5);
    assertThat(linked.head().seq()).isEqualTo(before.seq() + 5);
    assertThat(log().check(Optional.of(linked.head())).flaw()).isEmpty();
  }

  @Test
  default void a_head_that_is_not_of_this_chain_is_told() {
    log().append(AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now()));
    linkAll();
    AuditHead head = log().check(Optional.empty()).head();
    AuditHead other = new AuditHead(head.seq(), "ab".repeat(32));
    assertThat(log().check(Optional.of(other)).flaw())
        .contains(new Flaw(head.seq(), Optional.empty(), Flaw.Kind.REPLACED));
    AuditHead later = new AuditHead(head.seq() + 1, "ab".repeat(32));
    assertThat(log().check(Optional.of(later)).flaw())
        .contains(new Flaw(head.seq() + 1, Optional.empty(), Flaw.Kind.MISSING));
  }

  @Test
  default void what_is_old_is_purged_from_the_beginning_and_the_rest_can_be_checked() {
    Instant cut = purgeAll();
    UserId user = Sample.userId();
    List<AuditEvent> events =
        Stream.of(-3, -2, -1, 0, -4)
            .map(i -> AuditEvent.of(Kind.LOGIN, Actor.USER, cut.plusMillis(i)).withUser(user))
            .toList();
    for (AuditEvent event : events) {
      log().append(event);
      linkAll();
    }
    AuditHead head = log().check(Optional.empty()).head();

    assertThat(log().purge(cut, 2, cut)).isEqualTo(2);
    assertThat(log().purge(cut, 9, cut)).isEqualTo(2);
    assertThat(log().purge(cut, 2, cut)).isZero();
    assertThat(auditOf(user)).containsExactly(events.getLast(), events.get(3));
    AuditCheck check = log().check(Optional.of(head));
    assertThat(check.flaw()).isEmpty();
    assertThat(check.linked()).isEqualTo(2);
    assertThat(check.head()).isEqualTo(head);
    assertThat(allSince(cut))
        .contains(
            AuditEvents.purged(head.seq() - 5, head.seq() - 4, true, cut),
            AuditEvents.purged(head.seq() - 3, head.seq() - 2, true, cut));
  }

  @Test
  default void what_is_not_linked_is_not_purged() {
    Instant cut = purgeAll();
    UserId user = Sample.userId();
    AuditEvent event = AuditEvent.of(Kind.LOGIN, Actor.USER, cut.minusSeconds(9)).withUser(user);
    log().append(event);
    assertThat(log().purge(cut, 10, cut)).isZero();
    assertThat(auditOf(user)).containsExactly(event);
  }

  @Test
  default void a_head_that_was_purged_is_no_flaw() {
    log().append(AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now()));
    linkAll();
    AuditHead head = log().check(Optional.empty()).head();
    log().append(AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now()));
    purgeAll();
    assertThat(log().check(Optional.of(head)).flaw()).isEmpty();
  }

  private AuditLog log() {
    return storage().auditLog();
  }

  private void linkAll() {
    while (log().link(100) > 0) {}
  }

  /**
   * Leaves one entry, not yet linked and older than all others: that it was purged.
   *
   * @return some later time
   */
  private Instant purgeAll() {
    Instant later = Sample.now().plus(Duration.ofDays(1));
    log().append(AuditEvent.of(Kind.LOGOUT, Actor.USER, Sample.now()));
    do {
      linkAll();
    } while (log().purge(later.plus(Duration.ofDays(1)), 1000, Instant.EPOCH) > 1);
    return later;
  }

  private List<AuditEvent> allSince(Instant since) {
    List<AuditEvent> all = new ArrayList<>();
    Optional<AuditEntry> last = Optional.empty();
    while (true) {
      List<AuditEntry> page = storage().auditLog().since(since, last, 10);
      page.forEach(entry -> all.add(entry.event()));
      if (page.size() < 10) {
        return all;
      }
      last = Optional.of(page.getLast());
    }
  }
}
