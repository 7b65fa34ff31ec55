package dev.minilogin.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users, push settings and settings may be, and that none of them prints a secret. */
class ValuesTest {

  private static final User ALICE = new User("alice", false);
  private static final String AES_KEY = "A".repeat(43);

  @ParameterizedTest
  @ValueSource(strings = {"", "123", "+8613580006666", "1234567890123456", "one"})
  void a_phone_number_is_four_to_fifteen_digits(String number) {
    assertThatIllegalArgumentException().isThrownBy(() -> ALICE.withPhone(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "086", "12345", "+86"})
  void a_country_code_is_one_to_four_digits(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> ALICE.withPhone("5551234", code));
  }

  @Test
  void a_user_keeps_the_rest_when_one_thing_changes() {
    User user = new User("mallory", true).withPhone("5551234", "1").withRiskRank(4);

    assertThat(user).isEqualTo(new User("mallory", true, Optional.of("5551234"), "1", 4));
    assertThat(user.withPhone("13580006666").countryCode()).isEqualTo("86");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://a/b, AAAAA, gh_1",
    "http:/path, AAAAA, gh_1",
    "http://a/b, AA, gh_1",
    "http://a/b, A-A-A, gh_1",
    "http://a/b, AAAAA, wx_1",
  })
  void push_settings_must_make_sense(URI url, String token, String originalId) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PushTarget(
                    url, token, Optional.empty(), PushMode.PLAIN, PushFormat.XML, originalId));
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPATIBLE", "SECURE"})
  void encryption_needs_a_key(PushMode mode) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target(mode, Optional.empty()))
        .withMessage("encodingAesKey is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target(mode, Optional.of("A".repeat(42))));
    assertThat(target(mode, Optional.of(AES_KEY)).encodingAesKey()).contains(AES_KEY);
  }

  @Test
  void an_app_keeps_the_rest_when_it_gets_push_settings() {
    App app = App.of("wx1", "secret", "group");
    PushTarget target = target(PushMode.PLAIN, Optional.empty());

    App pushing = app.withPush(target);

    assertThat(pushing)
        .isEqualTo(new App("wx1", app.secret(), Optional.of("group"), true, Optional.of(target)));
  }

  @Test
  void settings_change_one_by_one() {
    Settings changed =
        Settings.defaults()
            .withRejectChunked(false)
            .withCodeLifetime(Duration.ofSeconds(1))
            .withSessionKeyMinPeriod(Duration.ofSeconds(2))
            .withMediaCheckDelay(Duration.ofSeconds(3))
            .withPushBeforeAnswer(true)
            .withPhoneQuotaExhausted(true)
            .withPushTimeout(Duration.ofSeconds(4))
            .withPushRetryPause(Duration.ofSeconds(5));

    assertThat(changed)
        .isEqualTo(
            new Settings(
                false,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                true,
                true,
                Duration.ofSeconds(4),
                Duration.ofSeconds(5)));
  }

  @Test
  void durations_must_make_sense() {
    Settings settings = Settings.defaults();
    Duration negative = Duration.ofSeconds(-1);

    assertThatIllegalArgumentException().isThrownBy(() -> settings.withMediaCheckDelay(negative));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withPushRetryPause(negative));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withPushTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withCodeLifetime(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withSessionKeyMinPeriod(negative));
  }

  @ParameterizedTest
  @EnumSource
  void an_api_is_found_by_path_and_by_name(Api api) {
    assertThat(Api.ofPath(api.path())).contains(api);
    assertThat(Api.ofSimpleName(api.simpleName())).contains(api);
    assertThat(api.simpleName()).doesNotContain("/").isIn(names(api));
  }

  @Test
  void nothing_secret_is_printed() {
    String planted = "planted";
    WeChatPlatform platform = new WeChatPlatform(() -> Instant.EPOCH, Settings.defaults());
    platform.put(App.of("wx1", planted));
    platform.put(new User(planted, false).withPhone("13580006666"));

    assertThat(platform.phoneData("wx1", planted).toString()).isEqualTo("OpenData[masked]");
    assertThat(platform.userInfo("wx1", planted).toString()).isEqualTo("UserInfo[masked]");
    assertThat(platform.latestUserKey("wx1", planted).toString())
        .isEqualTo("UserKey[masked, version=1]");
    assertThat(new SignedRequest(planted, planted, planted).toString()).doesNotContain(planted);
    assertThat(new TextCheck(planted, 1, planted, planted).toString()).doesNotContain(planted);
    assertThat(new RiskQuery("wx1", planted, 1).toString()).doesNotContain(planted);
    assertThat(new MediaCheckRequest(planted, 1, 1, planted).toString()).doesNotContain(planted);
    MediaCheck check = new MediaCheck("wx1", planted, "trace", planted, Suggest.PASS);
    assertThat(check.toString() + check.result(true)).doesNotContain(planted);
    assertThat(target(PushMode.SECURE, Optional.of(AES_KEY)).toString())
        .doesNotContain(AES_KEY, "AAAAA");
    String code = platform.issuePhoneCode("wx1", planted);
    assertThat(platform.phoneNumber("wx1", code, null).toString()).doesNotContain("13580006666");
    String plugin = platform.issuePluginCode("wx1", planted);
    assertThat(platform.pluginOpenpid("wx1", plugin).toString())
        .doesNotContain(platform.openpid("wx1", planted));
  }

  private static String[] names(Api api) {
    String[] segments = api.path().split("/");
    String last = segments[segments.length - 1];
    return new String[] {last, segments[segments.length - 2] + "_" + last};
  }

  private static PushTarget target(PushMode mode, Optional<String> aesKey) {
    return new PushTarget(
        URI.create("https://example.com/push"), "AAAAA", aesKey, mode, PushFormat.JSON, "gh_1a");
  }
}
