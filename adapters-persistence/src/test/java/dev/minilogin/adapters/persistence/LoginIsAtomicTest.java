package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last statement of a login fails: its session has something that another session has. */
class LoginIsAtomicTest implements MysqlStorage {
  private final Sql sql = new Sql(MysqlStorage.schema());
  private MiniProgram app;
  private NewLogin earlier;

  @BeforeEach
  void somebodyLogsIn() {
    app = newMiniProgram();
    earlier = Sample.newLogin(app, Sample.identity());
    logIn(earlier);
  }

  @Test
  void with_a_session_id_that_exists_already_nothing_is_written() throws SQLException {
    assertNothingIsWritten(earlier.sessionId(), Sample.token(), Sample.claim());
  }

  @Test
  void with_a_token_that_exists_already_nothing_is_written() throws SQLException {
    assertNothingIsWritten(Sample.sessionId(), earlier.token(), Sample.claim());
  }

  @Test
  void with_a_claim_that_has_its_session_already_nothing_is_written() throws SQLException {
    assertNothingIsWritten(Sample.sessionId(), Sample.token(), earlier.claim());
  }

  @Test
  void a_known_identity_keeps_its_session_key_and_gets_no_unionid() throws SQLException {
    OpenId openId = earlier.identity().openId();
    List<String> identityBefore = identity(openId);
    List<String> userBefore = user(earlier);
    assertRefused(
        login(
            Sample.identity(openId, Sample.unionId()),
            earlier.sessionId(),
            Sample.token(),
            Sample.claim()));
    assertThat(identity(openId)).isEqualTo(identityBefore);
    assertThat(user(earlier)).isEqualTo(userBefore);
  }

  private void assertNothingIsWritten(SessionId sessionId, SessionToken token, LoginClaim claim)
      throws SQLException {
    OpenId openId = Sample.openId();
    UnionId unionId = Sample.unionId();
    NewLogin refused = login(Sample.identity(openId, unionId), sessionId, token, claim);
    assertRefused(refused);
    assertThat(identity(openId)).isEmpty();
    assertThat(user(refused)).isEmpty();
    assertThat(storage().users().find(refused.newUserId())).isEmpty();
    assertThat(sql.number("SELECT COUNT(*) FROM sessions WHERE app_id = '" + app.appId() + "'"))
        .isOne();
    assertThat(storage().sessions().find(earlier.token()))
        .hasValueSatisfying(
            held -> assertThat(held.session().userId()).isEqualTo(earlier.newUserId()));

    Recorded again = logIn(Sample.newLogin(app, Sample.identity(openId, unionId)));
    assertThat(again.newUser()).isTrue();
  }

  private void assertRefused(NewLogin login) {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> storage().logins().record(login))
        .withMessage("storage unavailable while recording a login")
        .withRootCauseInstanceOf(SQLException.class);
  }

  private NewLogin login(
      WeChatIdentity identity, SessionId sessionId, SessionToken token, LoginClaim claim) {
    NewLogin any = Sample.newLogin(app, identity);
    return new NewLogin(
        claim,
        app,
        identity,
        any.newUserId(),
        sessionId,
        token,
        any.device(),
        any.resendKey(),
        any.at());
  }

  private List<String> identity(OpenId openId) throws SQLException {
    return sql.lines(
        """
        SELECT HEX(user_id), COALESCE(unionid, '-'), HEX(session_key), HEX(session_key_mac),
               session_key_at, COALESCE(HEX(session_key_2), '-'), login_count, last_login_at
          FROM wechat_identities WHERE openid = '%s'
        """
            .formatted(openId.value()));
  }

  private List<String> user(NewLogin login) throws SQLException {
    return sql.lines(
        "SELECT HEX(id), COALESCE(unionid, '-'), updated_at FROM users WHERE id = X'%s'"
            .formatted(HexFormat.of().formatHex(Binary.of(login.newUserId().value()))));
  }
}
