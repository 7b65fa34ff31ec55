package dev.minilogin.application.user;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.SessionKeys;
import dev.minilogin.application.testing.WeChatData;
import dev.minilogin.application.user.ReadOpenData.AccountGone;
import dev.minilogin.application.user.ReadOpenData.Command;
import dev.minilogin.application.user.ReadOpenData.NoAttemptsLeft;
import dev.minilogin.application.user.ReadOpenData.Opened;
import dev.minilogin.application.user.ReadOpenData.Refused;
import dev.minilogin.application.user.ReadOpenData.Result;
import dev.minilogin.application.wechat.ResetSessionKey;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryContentCheck;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOpenDataTest {
  private static final String RUN_DATA = "\"steps\":100";

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final WeChatData weChat = new WeChatData();
  private final SessionKeys sessionKeys = new SessionKeys(scene.app());
  private final InMemoryContentCheck contentCheck = new InMemoryContentCheck();
  private final ReadOpenData readOpenData = readOpenData(weChat.openData());
  private final WeChatIdentity alice = sessionKeys.login("alice");
  private final Logins.Recorded login = scene.login(scene.app(), alice);
  private final Session session = login.session();
  private final UserId user = login.user().id();

  // Data that is the user's

  @Test
  void data_of_the_user_is_opened_without_identifiers() {
    OpenedData data = opened(read(data(RUN_DATA)));
    assertThat(data.json()).contains("steps").doesNotContain(alice.openId().value());
    assertThat(data.at().getEpochSecond()).isEqualTo(NOW.getEpochSecond());
    assertThat(scene.stored(user)).isEqualTo(login.user());
  }

  @Test
  void data_that_is_signed_with_the_same_key_is_opened() {
    SignedData signed = weChat.openData().sign(alice.sessionKey(), "{\"nickName\":\"Ann\"}");
    assertThat(read(data(RUN_DATA), Optional.of(signed))).isInstanceOf(Opened.class);
  }

  @Test
  void what_it_says_of_the_profile_is_taken_over_as_wechats_word() {
    read(
        data(
            "\"nickName\":\"Ann\",\"gender\":2,\"city\":\"Shenzhen\","
                + "\"avatarUrl\":\"https://thirdwx.qlogo.cn/mmopen/abc/132\""));
    assertThat(scene.stored(user).profile().known())
        .isEqualTo(
            Map.of(
                ProfileField.NICKNAME, new Known("Ann", Profile.Source.WECHAT, NOW),
                ProfileField.GENDER, new Known("2", Profile.Source.WECHAT, NOW),
                ProfileField.CITY, new Known("Shenzhen", Profile.Source.WECHAT, NOW),
                ProfileField.AVATAR_URL,
                    new Known(
                        "https://thirdwx.qlogo.cn/mmopen/abc/132", Profile.Source.WECHAT, NOW)));
  }

  @Test
  void placeholders_in_it_change_nothing() {
    scene.show(user, ProfileField.NICKNAME, "Ann");
    scene.show(user, ProfileField.GENDER, "2");
    Profile before = scene.stored(user).profile();
    scene.clock().advance(Duration.ofMinutes(1));
    read(data("\"nickName\":\"微信用户\",\"gender\":0,\"city\":\"\""));
    assertThat(scene.stored(user).profile()).isEqualTo(before);
  }

  @Test
  void a_nickname_in_it_is_looked_at_like_any_other() {
    read(data("\"nickName\":\"risky\",\"city\":\"Shenzhen\""));
    assertThat(scene.shown(user, ProfileField.NICKNAME)).isEmpty();
    assertThat(scene.shown(user, ProfileField.CITY)).contains("Shenzhen");
    assertThat(scene.review(user, ProfileField.NICKNAME)).contains(FieldReview.State.REFUSED);
  }

  @Test
  void data_under_one_of_the_last_three_keys_is_opened() {
    EncryptedData oldest = data(RUN_DATA);
    scene.login(scene.app(), sessionKeys.login("alice"));
    scene.login(scene.app(), sessionKeys.login("alice"));
    assertThat(read(oldest)).isInstanceOf(Opened.class);
    scene.login(scene.app(), sessionKeys.login("alice"));
    assertThat(read(oldest)).isEqualTo(new Refused());
  }

  @Test
  void after_a_reset_data_under_the_old_and_the_new_key_is_opened() {
    EncryptedData before = data(RUN_DATA);
    assertThat(
            new ResetSessionKey(
                    storage.miniPrograms(),
                    storage.identities(),
                    sessionKeys.authority(),
                    scene.clock())
                .execute(session))
        .isEqualTo(new ResetSessionKey.Reset());
    SessionKey newest = newestKey();
    assertThat(newest).isNotEqualTo(alice.sessionKey());
    assertThat(read(before)).isInstanceOf(Opened.class);
    assertThat(read(data(newest, RUN_DATA))).isInstanceOf(Opened.class);
  }

  // Data that is not

  @Test
  void data_under_another_key_is_refused() {
    assertRefused(data(Sample.sessionKey(), RUN_DATA));
  }

  @Test
  void data_of_another_person_is_refused() {
    assertRefused(
        weChat.person(alice.sessionKey(), scene.app().appId(), NOW, Sample.openId(), RUN_DATA));
  }

  @Test
  void data_of_another_mini_program_is_refused() {
    assertRefused(weChat.person(alice.sessionKey(), Sample.appId(), NOW, alice.openId(), RUN_DATA));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void data_that_is_up_to_five_minutes_off_is_opened(long sign) {
    scene.clock().set(NOW.truncatedTo(ChronoUnit.SECONDS));
    assertThat(
            read(
                weChat.person(
                    alice.sessionKey(),
                    scene.app().appId(),
                    scene.clock().instant().plus(Duration.ofMinutes(5).multipliedBy(sign)),
                    alice.openId(),
                    RUN_DATA)))
        .isInstanceOf(Opened.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void data_that_is_too_old_or_from_the_future_is_refused(long sign) {
    assertRefused(
        weChat.person(
            alice.sessionKey(),
            scene.app().appId(),
            NOW.plus(Duration.ofMinutes(5).plusSeconds(1).multipliedBy(sign)),
            alice.openId(),
            RUN_DATA));
  }

  @Test
  void data_that_is_no_open_data_is_refused() {
    assertRefused(weChat.openData().encrypt(alice.sessionKey(), "{\"steps\":100}"));
  }

  @Test
  void data_that_is_signed_with_another_key_is_refused() {
    scene.login(scene.app(), sessionKeys.login("alice"));
    SignedData signed = weChat.openData().sign(newestKey(), "{}");
    assertThat(read(data(alice.sessionKey(), RUN_DATA), Optional.of(signed)))
        .isEqualTo(new Refused());
  }

  private void assertRefused(EncryptedData data) {
    assertThat(read(data)).isEqualTo(new Refused());
    assertThat(scene.stored(user)).isEqualTo(login.user());
  }

  // How often one may try

  @Test
  void a_session_that_has_failed_too_often_is_locked_even_for_good_data() {
    EncryptedData bad = data(Sample.sessionKey(), RUN_DATA);
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(read(bad)).isEqualTo(new Refused());
    }
    assertThat(read(bad)).isEqualTo(new NoAttemptsLeft());
    assertThat(read(data(RUN_DATA))).isEqualTo(new NoAttemptsLeft());
    Logins.Recorded next = scene.login(scene.app(), alice);
    assertThat(
            readOpenData.execute(
                new Command(next.session(), next.user(), data(RUN_DATA), Optional.empty())))
        .isInstanceOf(Opened.class);
  }

  @Test
  void what_is_opened_uses_no_attempt_up() {
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS - 1; i++) {
      assertThat(read(data(Sample.sessionKey(), RUN_DATA))).isEqualTo(new Refused());
    }
    for (int i = 0; i < 3 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(read(data(RUN_DATA))).isInstanceOf(Opened.class);
    }
    assertThat(read(data(Sample.sessionKey(), RUN_DATA))).isEqualTo(new Refused());
    assertThat(read(data(RUN_DATA))).isEqualTo(new NoAttemptsLeft());
  }

  @Test
  void attempts_at_once_are_not_more_than_there_are() {
    EncryptedData bad = data(Sample.sessionKey(), RUN_DATA);
    List<Result> results = AtOnce.run(50, _ -> read(bad));
    assertThat(results).filteredOn(new Refused()::equals).hasSize(Sessions.OPEN_DATA_ATTEMPTS);
    assertThat(results)
        .filteredOn(new NoAttemptsLeft()::equals)
        .hasSize(50 - Sessions.OPEN_DATA_ATTEMPTS);
  }

  @Test
  void an_attempt_that_ends_with_an_exception_is_not_used_up() {
    ReadOpenData cutOff =
        readOpenData(
            new Outage(0, Outage.Beginning.BEFORE_THE_CALL)
                .through(OpenData.class, weChat.openData()));
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(
              () ->
                  cutOff.execute(
                      new Command(session, login.user(), data(RUN_DATA), Optional.empty())));
    }
    assertThat(read(data(RUN_DATA))).isInstanceOf(Opened.class);
  }

  // Who is gone

  @Test
  void of_an_account_that_is_gone_nothing_is_opened() {
    EncryptedData data = data(RUN_DATA);
    scene.erase(user);
    assertThat(read(data)).isEqualTo(new AccountGone());
  }

  @Test
  void of_an_account_that_goes_meanwhile_nothing_is_taken_over() {
    storage.replace(login.user().deleted(NOW));
    assertThat(read(data("\"city\":\"Shenzhen\""))).isEqualTo(new AccountGone());
    assertThat(scene.stored(user).profile()).isEqualTo(Profile.EMPTY);
  }

  @Test
  void without_the_storage_nothing_is_opened() {
    EncryptedData data = data(RUN_DATA);
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> read(data));
  }

  private ReadOpenData readOpenData(OpenData openData) {
    return new ReadOpenData(
        storage.identities(),
        openData,
        storage.sessions(),
        new UpdateProfile(
            storage.miniPrograms(),
            storage.identities(),
            storage.users(),
            storage.contentReviews(),
            new ReviewContent(
                storage.miniPrograms(),
                contentCheck,
                storage.contentReviews(),
                URI.create("https://login.example"),
                scene.clock()),
            scene.clock(),
            new SecureRandom()),
        scene.clock());
  }

  private SessionKey newestKey() {
    return storage
        .identities()
        .find(scene.app().appId(), alice.openId())
        .orElseThrow()
        .sessionKeys()
        .getFirst();
  }

  private EncryptedData data(String fields) {
    return data(alice.sessionKey(), fields);
  }

  private EncryptedData data(SessionKey key, String fields) {
    return weChat.person(key, scene.app().appId(), scene.clock().instant(), alice.openId(), fields);
  }

  private Result read(EncryptedData data) {
    return read(data, Optional.empty());
  }

  private Result read(EncryptedData data, Optional<SignedData> signed) {
    return readOpenData.execute(new Command(session, login.user(), data, signed));
  }

  private static OpenedData opened(Result result) {
    assertThat(result).isInstanceOf(Opened.class);
    return ((Opened) result).data();
  }
}
