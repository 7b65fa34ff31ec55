package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionKeyHistoryTest implements MysqlStorage {
  /** A session_key of the history and since when it is known. */
  private record Known(SessionKey key, Instant since) {}

  private final Sql sql = new Sql(MysqlStorage.schema());
  private final OpenId openId = Sample.openId();
  private final Instant start = Instant.parse("2026-05-06T07:08:09.123Z");
  private final SessionKey a = Sample.sessionKey();
  private final SessionKey b = Sample.sessionKey();
  private final SessionKey c = Sample.sessionKey();
  private final SessionKey d = Sample.sessionKey();
  private MiniProgram app;

  @BeforeEach
  void saveMiniProgram() {
    app = newMiniProgram();
  }

  @Test
  void the_first_session_key_stands_alone() throws SQLException {
    logInWith(a);
    assertThat(history()).containsExactly(known(a, 0));
  }

  @Test
  void the_newest_three_are_kept_with_their_times() throws SQLException {
    logInWith(a, b, c);
    assertThat(history()).containsExactly(known(c, 2), known(b, 1), known(a, 0));
    logInAt(3, d);
    assertThat(history()).containsExactly(known(d, 3), known(c, 2), known(b, 1));
  }

  @Test
  void the_same_session_key_again_moves_nothing() throws SQLException {
    logInWith(a, a);
    assertThat(history()).containsExactly(known(a, 0));
  }

  @Test
  void the_same_session_key_again_keeps_the_older_ones() throws SQLException {
    logInWith(a, b, c, c, c, c);
    assertThat(history()).containsExactly(known(c, 2), known(b, 1), known(a, 0));
    logInAt(6, d);
    assertThat(history()).containsExactly(known(d, 6), known(c, 2), known(b, 1));
  }

  @Test
  void an_older_session_key_that_comes_back_is_the_newest_again() throws SQLException {
    logInWith(a, b, a);
    assertThat(history()).containsExactly(known(a, 2), known(b, 1), known(a, 0));
  }

  @Test
  void the_same_session_key_in_many_logins_at_once_is_one() throws SQLException {
    AtOnce.run(
        8,
        _ -> {
          logInAt(0, a);
          return true;
        });
    assertThat(history()).containsExactly(known(a, 0));
    assertThat(sql.number("SELECT login_count" + fromIdentity())).isEqualTo(8);
  }

  @Test
  void the_history_of_another_mini_program_is_another() throws SQLException {
    logInWith(a);
    logIn(Sample.newLogin(newMiniProgram(), Sample.identity(openId)));
    assertThat(history()).containsExactly(known(a, 0));
  }

  /** The first at {@link #start}, each of the others a second after the one before. */
  private void logInWith(SessionKey... keys) {
    for (int i = 0; i < keys.length; i++) {
      logInAt(i, keys[i]);
    }
  }

  private void logInAt(int second, SessionKey key) {
    logIn(
        Sample.newLogin(
            app,
            new WeChatIdentity(openId, Optional.empty(), key),
            Device.UNKNOWN,
            Optional.empty(),
            start.plusSeconds(second)));
  }

  private Known known(SessionKey key, int second) {
    return new Known(key, start.plus(Duration.ofSeconds(second)));
  }

  private List<Known> history() throws SQLException {
    Map<String, byte[]> row = sql.rows("SELECT *" + fromIdentity()).getFirst();
    List<Known> history = new ArrayList<>();
    for (String column : List.of("session_key", "session_key_2", "session_key_3")) {
      byte[] sealed = row.get(column);
      byte[] at = row.get(column + "_at");
      assertThat(at == null).as(column).isEqualTo(sealed == null);
      if (sealed != null) {
        history.add(
            new Known(
                new SessionKey(sealer().open(sealed, place())),
                Instant.ofEpochMilli(Long.parseLong(new String(at, StandardCharsets.US_ASCII)))));
      }
    }
    return history;
  }

  private String fromIdentity() {
    return " FROM wechat_identities WHERE app_id = '%s' AND openid = '%s'"
        .formatted(app.appId(), openId.value());
  }

  private String place() {
    return "session_key " + app.appId() + ' ' + openId.value();
  }

  private static Sealer sealer() {
    return MysqlStorage.context().getBean(Sealer.class);
  }
}
