package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.AccessTokens.Dated;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import dev.minilogin.domain.wechat.AccessTokens.State;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link AccessTokens} promises. */
public interface AccessTokensContract extends StorageContract {
  Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");
  Instant UNTIL = NOW.plusSeconds(10);

  @Test
  default void a_mini_program_that_never_had_a_token_has_none() {
    assertThat(tokens().find(app())).isEqualTo(State.NONE);
  }

  // Leases

  @Test
  default void a_lease_is_told_with_its_end_and_changes_nothing_else() {
    AppId app = app();
    assertThat(lease(app, Sample.uuid(), Optional.empty())).isTrue();
    assertThat(tokens().find(app))
        .isEqualTo(new State(Optional.empty(), UNTIL, Optional.empty(), Optional.empty()));
  }

  @Test
  default void while_one_renews_nobody_else_does() {
    AppId app = app();
    lease(app, Sample.uuid(), Optional.empty());
    UUID other = Sample.uuid();
    assertThat(tokens().lease(app, other, Optional.empty(), NOW, UNTIL.plusSeconds(9))).isFalse();
    assertThat(
            tokens()
                .lease(app, other, Optional.empty(), UNTIL.minusMillis(1), UNTIL.plusSeconds(9)))
        .isFalse();
    assertThat(tokens().find(app).leasedUntil()).isEqualTo(UNTIL);
  }

  @Test
  default void of_many_who_want_to_renew_at_once_one_does() {
    AppId app = app();
    AccessToken kept = keep(app).token();
    List<UUID> leases = Stream.generate(Sample::uuid).limit(16).toList();
    List<Boolean> taken = AtOnce.run(16, i -> lease(app, leases.get(i), Optional.of(kept)));
    assertThat(taken).containsOnlyOnce(true);
    List<Boolean> renewed =
        leases.stream().map(lease -> tokens().renew(app, lease, dated(), false, NOW)).toList();
    assertThat(renewed).isEqualTo(taken);
  }

  @Test
  default void whose_holder_does_not_come_back_is_taken_over_by_one() {
    AppId app = app();
    UUID lost = Sample.uuid();
    lease(app, lost, Optional.empty());
    List<Boolean> taken =
        AtOnce.run(
            8,
            _ ->
                tokens().lease(app, Sample.uuid(), Optional.empty(), UNTIL, UNTIL.plusSeconds(10)));
    assertThat(taken).containsOnlyOnce(true);
    assertThat(tokens().find(app).leasedUntil()).isEqualTo(UNTIL.plusSeconds(10));
    assertThat(tokens().renew(app, lost, dated(), false, UNTIL)).isFalse();
    assertThat(tokens().refuse(app, lost, refusal(UNTIL))).isFalse();
    assertThat(tokens().find(app))
        .isEqualTo(
            new State(Optional.empty(), UNTIL.plusSeconds(10), Optional.empty(), Optional.empty()));
  }

  @Test
  default void who_saw_another_token_than_is_kept_need_not_renew() {
    AppId app = app();
    Dated kept = keep(app);
    State before = tokens().find(app);
    assertThat(lease(app, Sample.uuid(), Optional.empty())).isFalse();
    assertThat(lease(app, Sample.uuid(), Optional.of(Sample.accessToken()))).isFalse();
    assertThat(tokens().find(app)).isEqualTo(before);
    assertThat(lease(app, Sample.uuid(), Optional.of(kept.token()))).isTrue();
  }

  @Test
  default void tokens_that_differ_only_in_case_are_two() {
    AppId app = app();
    keep(app, new AccessToken("99_Ab" + Sample.text(128)));
    AccessToken kept = tokens().find(app).token().orElseThrow().token();
    AccessToken other = new AccessToken(kept.reveal().toUpperCase(Locale.ROOT));
    assertThat(lease(app, Sample.uuid(), Optional.of(other))).isFalse();
    assertThat(tokens().drop(app, other)).isFalse();
    assertThat(lease(app, Sample.uuid(), Optional.of(kept))).isTrue();
  }

  @Test
  default void where_no_token_is_kept_nobody_was_faster() {
    AppId app = app();
    assertThat(lease(app, Sample.uuid(), Optional.of(Sample.accessToken()))).isTrue();
  }

  @Test
  default void the_lease_of_one_mini_program_is_nothing_to_another() {
    lease(app(), Sample.uuid(), Optional.empty());
    AppId other = app();
    assertThat(tokens().find(other)).isEqualTo(State.NONE);
    assertThat(lease(other, Sample.uuid(), Optional.empty())).isTrue();
  }

  // Renewals

  @Test
  default void a_renewed_token_is_kept_and_ends_the_lease() {
    AppId app = app();
    UUID lease = Sample.uuid();
    lease(app, lease, Optional.empty());
    Dated token = dated();
    assertThat(tokens().renew(app, lease, token, false, NOW)).isTrue();
    State state = tokens().find(app);
    assertThat(state.token()).contains(token);
    assertThat(state.leasedUntil()).isBeforeOrEqualTo(NOW);
    assertThat(state.forcedAt()).isEmpty();
    assertThat(state.refusal()).isEmpty();
    assertThat(lease(app, Sample.uuid(), Optional.of(token.token()))).isTrue();
  }

  @Test
  default void a_lease_is_good_for_one_renewal() {
    AppId app = app();
    UUID lease = Sample.uuid();
    lease(app, lease, Optional.empty());
    Dated first = dated();
    tokens().renew(app, lease, first, false, NOW);
    assertThat(tokens().renew(app, lease, dated(), true, NOW)).isFalse();
    assertThat(tokens().refuse(app, lease, refusal(UNTIL))).isFalse();
    State state = tokens().find(app);
    assertThat(state.token()).contains(first);
    assertThat(state.forcedAt()).isEmpty();
    assertThat(state.refusal()).isEmpty();
  }

  @Test
  default void who_has_no_lease_keeps_nothing() {
    AppId app = app();
    assertThat(tokens().renew(app, Sample.uuid(), dated(), true, NOW)).isFalse();
    assertThat(tokens().refuse(app, Sample.uuid(), refusal(UNTIL))).isFalse();
    assertThat(tokens().find(app)).isEqualTo(State.NONE);
  }

  @Test
  default void a_holder_who_comes_back_late_may_renew_if_nobody_took_over() {
    AppId app = app();
    UUID lease = Sample.uuid();
    lease(app, lease, Optional.empty());
    Dated token = dated();
    assertThat(tokens().renew(app, lease, token, false, UNTIL.plusSeconds(1))).isTrue();
    assertThat(tokens().find(app).token()).contains(token);
  }

  @Test
  default void when_wechat_was_last_forced_is_remembered() {
    AppId app = app();
    keep(app);
    assertThat(tokens().find(app).forcedAt()).isEmpty();
    renew(app, dated(), true, NOW.plusMillis(1));
    assertThat(tokens().find(app).forcedAt()).contains(NOW.plusMillis(1));
    renew(app, dated(), false, NOW.plusMillis(2));
    assertThat(tokens().find(app).forcedAt()).contains(NOW.plusMillis(1));
    renew(app, dated(), true, NOW.plusMillis(999));
    assertThat(tokens().find(app).forcedAt()).contains(NOW.plusMillis(999));
  }

  @Test
  default void an_expired_token_is_still_told() {
    AppId app = app();
    Dated expired = new Dated(Sample.accessToken(), NOW.minus(Duration.ofDays(3)));
    renew(app, expired, false, NOW);
    assertThat(tokens().find(app).token()).contains(expired);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 512, 1024})
  default void tokens_of_every_length_are_kept_whole(int length) {
    AppId app = app();
    String printable =
        IntStream.range(33, 127).mapToObj(Character::toString).collect(Collectors.joining());
    AccessToken token = new AccessToken(printable.repeat(11).substring(0, length));
    keep(app, token);
    assertThat(tokens().find(app).token().orElseThrow().token()).isEqualTo(token);
    assertThat(tokens().drop(app, token)).isTrue();
  }

  // Refusals

  @ParameterizedTest
  @EnumSource
  default void a_refusal_is_told_and_ends_the_lease(WeChatFailure failure) {
    AppId app = app();
    Dated kept = keep(app);
    UUID lease = Sample.uuid();
    lease(app, lease, Optional.of(kept.token()));
    Refusal refusal = new Refusal(failure, Optional.of(40164L), NOW.plusMillis(1001));
    assertThat(tokens().refuse(app, lease, refusal)).isTrue();
    State state = tokens().find(app);
    assertThat(state.refusal()).contains(refusal);
    assertThat(state.token()).contains(kept);
    assertThat(state.leasedUntil()).isBeforeOrEqualTo(NOW);
    assertThat(tokens().renew(app, lease, dated(), false, NOW)).isFalse();
  }

  @Test
  default void every_errcode_is_kept_and_none() {
    AppId app = app();
    Instant at = NOW;
    for (Optional<Long> errcode :
        List.of(
            Optional.<Long>empty(),
            Optional.of(-1L),
            Optional.of(9410009L),
            Optional.of(4294966288L))) {
      at = at.plusSeconds(60);
      UUID lease = Sample.uuid();
      assertThat(tokens().lease(app, lease, Optional.empty(), at, at.plusSeconds(10))).isTrue();
      Refusal refusal = new Refusal(WeChatFailure.INVALID_ANSWER, errcode, at);
      assertThat(tokens().refuse(app, lease, refusal)).isTrue();
      assertThat(tokens().find(app).refusal()).contains(refusal);
    }
  }

  @Test
  default void after_a_refusal_nobody_asks_before_its_time() {
    AppId app = app();
    refuse(app, refusal(NOW.plusSeconds(60)));
    State refused = tokens().find(app);
    assertThat(lease(app, Sample.uuid(), Optional.empty())).isFalse();
    Instant last = NOW.plusSeconds(60).minusMillis(1);
    assertThat(tokens().lease(app, Sample.uuid(), Optional.empty(), last, last.plusSeconds(10)))
        .isFalse();
    assertThat(tokens().find(app)).isEqualTo(refused);
    Instant then = NOW.plusSeconds(60);
    assertThat(tokens().lease(app, Sample.uuid(), Optional.empty(), then, then.plusSeconds(10)))
        .isTrue();
  }

  @Test
  default void a_refusal_is_told_until_a_renewal_succeeds() {
    AppId app = app();
    Refusal refusal = refusal(NOW);
    refuse(app, refusal);
    UUID lease = Sample.uuid();
    assertThat(lease(app, lease, Optional.empty())).isTrue();
    assertThat(tokens().find(app).refusal()).contains(refusal);
    tokens().renew(app, lease, dated(), false, NOW);
    assertThat(tokens().find(app).refusal()).isEmpty();
  }

  // Drops

  @Test
  default void a_dropped_token_is_gone_and_nothing_else() {
    AppId app = app();
    Dated kept = renew(app, dated(), true, NOW);
    lease(app, Sample.uuid(), Optional.of(kept.token()));
    assertThat(tokens().drop(app, kept.token())).isTrue();
    assertThat(tokens().find(app))
        .isEqualTo(new State(Optional.empty(), UNTIL, Optional.of(NOW), Optional.empty()));
  }

  @Test
  default void exactly_the_refused_token_is_dropped() {
    AppId app = app();
    Dated refused = keep(app);
    Dated newer = renew(app, dated(), false, NOW);
    State before = tokens().find(app);
    assertThat(tokens().drop(app, refused.token())).isFalse();
    assertThat(tokens().find(app)).isEqualTo(before);
    assertThat(before.token()).contains(newer);
  }

  @Test
  default void of_many_who_drop_a_token_at_once_one_does() {
    AppId app = app();
    AccessToken kept = keep(app).token();
    assertThat(AtOnce.run(8, _ -> tokens().drop(app, kept))).containsOnlyOnce(true);
    assertThat(tokens().drop(app, kept)).isFalse();
  }

  @Test
  default void where_no_token_is_kept_none_is_dropped() {
    AppId app = app();
    assertThat(tokens().drop(app, Sample.accessToken())).isFalse();
    assertThat(tokens().find(app)).isEqualTo(State.NONE);
  }

  @Test
  default void a_token_is_dropped_in_its_own_mini_program() {
    AccessToken same = Sample.accessToken();
    AppId one = app();
    AppId other = app();
    keep(one, same);
    keep(other, same);
    assertThat(tokens().drop(one, same)).isTrue();
    assertThat(tokens().find(one).token()).isEmpty();
    assertThat(tokens().find(other).token().orElseThrow().token()).isEqualTo(same);
  }

  @Test
  default void tokens_of_an_unreachable_storage_are_neither_there_nor_not() {
    AppId app = Sample.appId();
    UUID lease = Sample.uuid();
    assertUnavailable(tokens -> tokens.find(app));
    assertUnavailable(tokens -> tokens.lease(app, lease, Optional.empty(), NOW, UNTIL));
    assertUnavailable(tokens -> tokens.renew(app, lease, dated(), false, NOW));
    assertUnavailable(tokens -> tokens.refuse(app, lease, refusal(UNTIL)));
    assertUnavailable(tokens -> tokens.drop(app, Sample.accessToken()));
  }

  private void assertUnavailable(Consumer<AccessTokens> call) {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> call.accept(unreachableStorage().accessTokens()));
  }

  private AccessTokens tokens() {
    return storage().accessTokens();
  }

  private AppId app() {
    return newMiniProgram().appId();
  }

  private boolean lease(AppId app, UUID lease, Optional<AccessToken> seen) {
    return tokens().lease(app, lease, seen, NOW, UNTIL);
  }

  private Dated keep(AppId app) {
    return keep(app, Sample.accessToken());
  }

  private Dated keep(AppId app, AccessToken token) {
    return renew(app, new Dated(token, NOW.plus(Duration.ofHours(2))), false, NOW);
  }

  private Dated renew(AppId app, Dated token, boolean forced, Instant at) {
    UUID lease = Sample.uuid();
    Optional<AccessToken> seen = tokens().find(app).token().map(Dated::token);
    assertThat(tokens().lease(app, lease, seen, at, at.plusSeconds(10))).isTrue();
    assertThat(tokens().renew(app, lease, token, forced, at)).isTrue();
    return token;
  }

  private void refuse(AppId app, Refusal refusal) {
    UUID lease = Sample.uuid();
    lease(app, lease, Optional.empty());
    assertThat(tokens().refuse(app, lease, refusal)).isTrue();
  }

  private static Dated dated() {
    return new Dated(Sample.accessToken(), NOW.plus(Duration.ofHours(2)).plusMillis(1));
  }

  private static Refusal refusal(Instant retryAt) {
    return new Refusal(WeChatFailure.APP_REFUSED, Optional.of(40125L), retryAt);
  }
}
