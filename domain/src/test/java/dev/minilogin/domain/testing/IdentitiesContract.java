package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identities.Ranked;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Identities} promises. */
public interface IdentitiesContract extends StorageContract {
  Instant START = Instant.parse("2026-03-01T10:20:30.123Z");

  @Test
  default void who_never_logged_in_is_nobody() {
    Visitor visitor = newVisitor();
    assertThat(identities().find(visitor.app().appId(), Sample.openId())).isEmpty();
    assertThat(identities().find(Sample.userId(), visitor.app().appId())).isEmpty();
  }

  @Test
  default void a_login_makes_an_identity_that_is_found_by_person_and_by_user() {
    WeChatIdentity person = Sample.identity();
    Visitor visitor = visitor(newMiniProgram(), person);
    Identity expected =
        new Identity(
            visitor.app().appId(), person.openId(), visitor.id(), List.of(person.sessionKey()));
    assertThat(identities().find(visitor.app().appId(), person.openId())).contains(expected);
    assertThat(identities().find(visitor.id(), visitor.app().appId())).contains(expected);
  }

  @Test
  default void a_person_of_one_mini_program_is_nobody_in_another() {
    Visitor visitor = newVisitor();
    MiniProgram other = newMiniProgram();
    assertThat(identities().find(other.appId(), visitor.openId())).isEmpty();
    assertThat(identities().find(visitor.id(), other.appId())).isEmpty();
  }

  @Test
  default void openids_that_differ_only_in_case_are_two_people() {
    MiniProgram app = newMiniProgram();
    OpenId openId = new OpenId("oA" + Sample.text(26));
    visitor(app, Sample.identity(openId));
    OpenId other = new OpenId(openId.value().toLowerCase(Locale.ROOT));
    assertThat(identities().find(app.appId(), other)).isEmpty();
    assertThat(identities().keep(app.appId(), other, Sample.sessionKey(), START)).isFalse();
    identities().rank(app.appId(), other, 4, true, START);
    assertThat(identities().ranked(app.appId(), openId)).isEmpty();
  }

  @Test
  default void a_user_of_two_mini_programs_has_an_identity_in_each() {
    UnionId unionId = Sample.unionId();
    Visitor here = visitor(newMiniProgram(), Sample.identity(Sample.openId(), unionId));
    Visitor there = visitor(newMiniProgram(), Sample.identity(Sample.openId(), unionId));
    assertThat(there.id()).isEqualTo(here.id());
    assertThat(openId(here.id(), here.app())).isEqualTo(here.openId());
    assertThat(openId(here.id(), there.app())).isEqualTo(there.openId());
  }

  @Test
  default void of_several_identities_the_one_that_logged_in_last_is_the_users() {
    MiniProgram app = newMiniProgram();
    UnionId unionId = Sample.unionId();
    OpenId one = Sample.openId();
    OpenId other = Sample.openId();
    UserId user = logInAt(0, app, one, unionId);
    assertThat(logInAt(1, app, other, unionId)).isEqualTo(user);
    assertThat(openId(user, app)).isEqualTo(other);
    logInAt(2, app, one, unionId);
    assertThat(openId(user, app)).isEqualTo(one);
    assertThat(identities().find(app.appId(), other).orElseThrow().userId()).isEqualTo(user);
  }

  @Test
  default void a_key_that_is_kept_is_no_login() {
    MiniProgram app = newMiniProgram();
    UnionId unionId = Sample.unionId();
    OpenId one = Sample.openId();
    OpenId other = Sample.openId();
    UserId user = logInAt(0, app, one, unionId);
    logInAt(1, app, other, unionId);
    identities().keep(app.appId(), one, Sample.sessionKey(), START.plusSeconds(2));
    assertThat(openId(user, app)).isEqualTo(other);
  }

  // Session keys

  @Test
  default void the_newest_three_session_keys_are_kept_whether_by_login_or_reset() {
    MiniProgram app = newMiniProgram();
    List<SessionKey> keys = Stream.generate(Sample::sessionKey).limit(4).toList();
    WeChatIdentity person = new WeChatIdentity(Sample.openId(), Optional.empty(), keys.get(0));
    visitor(app, person);
    assertThat(identities().keep(app.appId(), person.openId(), keys.get(1), Sample.now())).isTrue();
    assertThat(keys(app, person.openId())).containsExactly(keys.get(1), keys.get(0));
    visitor(app, new WeChatIdentity(person.openId(), Optional.empty(), keys.get(2)));
    assertThat(keys(app, person.openId())).containsExactly(keys.get(2), keys.get(1), keys.get(0));
    assertThat(identities().keep(app.appId(), person.openId(), keys.get(3), Sample.now())).isTrue();
    assertThat(keys(app, person.openId())).containsExactly(keys.get(3), keys.get(2), keys.get(1));
  }

  @Test
  default void the_newest_session_key_again_moves_nothing() {
    Visitor visitor = newVisitor();
    MiniProgram app = visitor.app();
    SessionKey newest = Sample.sessionKey();
    identities().keep(app.appId(), visitor.openId(), newest, Sample.now());
    List<SessionKey> before = keys(app, visitor.openId());
    assertThat(identities().keep(app.appId(), visitor.openId(), newest, Sample.now())).isTrue();
    visitor(app, new WeChatIdentity(visitor.openId(), Optional.empty(), newest));
    assertThat(keys(app, visitor.openId())).isEqualTo(before);
  }

  @Test
  default void an_older_session_key_that_comes_back_is_the_newest_again() {
    Visitor visitor = newVisitor();
    SessionKey older = keys(visitor.app(), visitor.openId()).getFirst();
    SessionKey newer = Sample.sessionKey();
    identities().keep(visitor.app().appId(), visitor.openId(), newer, Sample.now());
    identities().keep(visitor.app().appId(), visitor.openId(), older, Sample.now());
    assertThat(keys(visitor.app(), visitor.openId())).startsWith(older, newer);
  }

  @Test
  default void of_keys_that_come_at_once_three_are_kept_and_each_once() {
    Visitor visitor = newVisitor();
    List<SessionKey> keys = Stream.generate(Sample::sessionKey).limit(8).toList();
    assertThat(
            AtOnce.run(
                8,
                i ->
                    identities()
                        .keep(visitor.app().appId(), visitor.openId(), keys.get(i), Sample.now())))
        .containsOnly(true);
    assertThat(keys(visitor.app(), visitor.openId()))
        .hasSize(3)
        .doesNotHaveDuplicates()
        .isSubsetOf(keys);
  }

  @Test
  default void a_key_of_nobody_is_not_kept() {
    Visitor visitor = newVisitor();
    OpenId nobody = Sample.openId();
    assertThat(identities().keep(visitor.app().appId(), nobody, Sample.sessionKey(), Sample.now()))
        .isFalse();
    assertThat(identities().find(visitor.app().appId(), nobody)).isEmpty();
  }

  // Risk ranks

  @Test
  default void who_was_never_ranked_has_no_rank() {
    Visitor visitor = newVisitor();
    assertThat(ranked(visitor)).isEmpty();
    assertThat(identities().ranked(visitor.app().appId(), Sample.openId())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  default void every_rank_is_kept_flagged_or_not(int rank) {
    Visitor visitor = newVisitor();
    for (boolean flagged : List.of(true, false)) {
      Instant at = START.plusMillis(flagged ? 1 : 999);
      identities().rank(visitor.app().appId(), visitor.openId(), rank, flagged, at);
      assertThat(ranked(visitor)).contains(new Ranked(rank, flagged, at));
    }
  }

  @Test
  default void a_rank_is_the_persons_and_survives_a_login() {
    Visitor visitor = newVisitor();
    Visitor other = visitor(visitor.app(), Sample.identity());
    Ranked ranked = new Ranked(3, true, START);
    identities().rank(visitor.app().appId(), visitor.openId(), 3, true, START);
    visitor(visitor.app(), Sample.identity(visitor.openId()));
    assertThat(ranked(visitor)).contains(ranked);
    assertThat(ranked(other)).isEmpty();
  }

  @Test
  default void the_rank_of_nobody_is_not_kept() {
    Visitor visitor = newVisitor();
    OpenId nobody = Sample.openId();
    identities().rank(visitor.app().appId(), nobody, 4, true, START);
    assertThat(identities().ranked(visitor.app().appId(), nobody)).isEmpty();
    assertThat(identities().find(visitor.app().appId(), nobody)).isEmpty();
  }

  // Erasure

  @Test
  default void of_an_erased_account_no_identity_is_left_in_any_mini_program() {
    UnionId unionId = Sample.unionId();
    Visitor here = visitor(newMiniProgram(), Sample.identity(Sample.openId(), unionId));
    Visitor there = visitor(newMiniProgram(), Sample.identity(Sample.openId(), unionId));
    identities().rank(here.app().appId(), here.openId(), 4, true, START);
    eraseAccount(here, Sample.now());
    for (Visitor gone : List.of(here, there)) {
      assertThat(identities().find(gone.app().appId(), gone.openId())).isEmpty();
      assertThat(identities().find(gone.id(), gone.app().appId())).isEmpty();
      assertThat(
              identities()
                  .keep(gone.app().appId(), gone.openId(), Sample.sessionKey(), Sample.now()))
          .isFalse();
      assertThat(ranked(gone)).isEmpty();
    }
  }

  @Test
  default void who_comes_back_after_an_erasure_begins_anew() {
    WeChatIdentity person = Sample.identity();
    Visitor before = visitor(newMiniProgram(), person);
    identities().rank(before.app().appId(), before.openId(), 4, true, START);
    eraseAccount(before, Sample.now());
    WeChatIdentity again = Sample.identity(person.openId());
    Visitor after = visitor(before.app(), again);
    assertThat(identities().find(before.app().appId(), person.openId()))
        .contains(
            new Identity(
                before.app().appId(), person.openId(), after.id(), List.of(again.sessionKey())));
    assertThat(ranked(after)).isEmpty();
  }

  @Test
  default void identities_of_an_unreachable_storage_are_neither_there_nor_not() {
    Visitor visitor = newVisitor();
    List<Consumer<Identities>> calls = new ArrayList<>();
    calls.add(port -> port.find(visitor.id(), visitor.app().appId()));
    calls.add(port -> port.find(visitor.app().appId(), visitor.openId()));
    calls.add(
        port ->
            port.keep(visitor.app().appId(), visitor.openId(), Sample.sessionKey(), Sample.now()));
    calls.add(port -> port.rank(visitor.app().appId(), visitor.openId(), 4, true, START));
    calls.add(port -> port.ranked(visitor.app().appId(), visitor.openId()));
    calls.forEach(
        call ->
            assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> call.accept(unreachableStorage().identities())));
  }

  private Identities identities() {
    return storage().identities();
  }

  private Optional<Ranked> ranked(Visitor visitor) {
    return identities().ranked(visitor.app().appId(), visitor.openId());
  }

  private List<SessionKey> keys(MiniProgram app, OpenId openId) {
    return identities().find(app.appId(), openId).orElseThrow().sessionKeys();
  }

  private OpenId openId(UserId user, MiniProgram app) {
    return identities().find(user, app.appId()).orElseThrow().openId();
  }

  private UserId logInAt(int second, MiniProgram app, OpenId openId, UnionId unionId) {
    return logIn(
            Sample.newLogin(
                app,
                Sample.identity(openId, unionId),
                Device.UNKNOWN,
                Optional.empty(),
                START.plusSeconds(second)))
        .user()
        .id();
  }
}
