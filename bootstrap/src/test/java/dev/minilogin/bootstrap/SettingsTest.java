package dev.minilogin.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minilogin.adapters.media.storage.S3Settings;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.limit.Quotas;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may write, and what they are told if it can't be right. */
class SettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String PUSH_TOKEN = "aPushToken0123456789";
  private static final String PUSH_KEY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";
  private static final String OLD_PUSH_KEY = "gfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA9876543210";

  @TempDir Path folder;

  @Test
  void everything_may_come_from_the_environment() {
    Settings settings =
        fromEnvironment(
            with(
                "MINI_LOGIN_APPS_0_APP_ID", "wx1111aaaa2222bbbb",
                "MINI_LOGIN_APPS_0_APP_SECRET", SECRET,
                "MINI_LOGIN_APPS_0_IDLE_LIFETIME", "2h",
                "MINI_LOGIN_APPS_0_ABSOLUTE_LIFETIME", "7d",
                "MINI_LOGIN_APPS_12_APP_ID", "wx3333cccc4444dddd",
                "MINI_LOGIN_APPS_12_APP_SECRET", SECRET.toUpperCase(Locale.ROOT),
                "MINI_LOGIN_WECHAT_BASE_URL", "http://127.0.0.1:9090",
                "DATASOURCES_DEFAULT_USERNAME", "mini",
                "DATASOURCES_DEFAULT_PASSWORD", "a password"));

    assertThat(settings.apps()).hasSize(2);
    MiniProgram first = settings.apps().getFirst();
    assertThat(first.appId().value()).isEqualTo("wx1111aaaa2222bbbb");
    assertThat(first.secrets().current().reveal()).isEqualTo(SECRET);
    assertThat(first.enabled()).isTrue();
    assertThat(first.lifetimes())
        .isEqualTo(new SessionLifetimes(Duration.ofHours(2), Duration.ofDays(7)));
    assertThat(settings.apps().getLast().lifetimes()).isEqualTo(SessionLifetimes.DEFAULT);
    assertThat(settings.weChat().hosts()).containsExactly(URI.create("http://127.0.0.1:9090"));
    assertThat(settings.database().jdbcUrl()).isEqualTo("jdbc:mysql://db:3306/mini_login");
    assertThat(settings.database().username()).isEqualTo("mini");
    assertThat(settings.database().password()).isEqualTo("a password");
  }

  @Test
  void a_log_format_is_one_of_those_that_there_are() {
    fromEnvironment(with("MINI_LOGIN_LOG_FORMAT", "JSON"));

    assertThat(problemsOf(with("MINI_LOGIN_LOG_FORMAT", "yaml")))
        .containsExactly("MINI_LOGIN_LOG_FORMAT: must be one of text, json");
  }

  @Test
  void a_mini_program_may_have_policies_and_pushes_of_its_own() {
    MiniProgram app =
        fromEnvironment(
                app(
                    "TENANT", "a-brand",
                    "CONTENT_CHECK", "false",
                    "CONTENT_ON_REVIEW", "show",
                    "CONTENT_ON_RISKY", "HOLD",
                    "RISK", "refuse",
                    "RISK_FROM", "2",
                    "CHECK_ENCRYPTED_DATA", "false",
                    "ADMITTED_BUILDS", "release, TRIAL",
                    "SESSIONS_PER_USER", "3",
                    "PUSH_TOKEN", PUSH_TOKEN,
                    "PUSH_AES_KEY", PUSH_KEY,
                    "PUSH_PREVIOUS_AES_KEY", OLD_PUSH_KEY,
                    "PUSH_MODE", "compatible",
                    "PUSH_FORMAT", "xml"))
            .apps()
            .getFirst();

    assertThat(app.policies())
        .isEqualTo(
            new Policies(
                new Tenant("a-brand"),
                new ContentPolicy(
                    false, ContentPolicy.Treatment.SHOW, ContentPolicy.Treatment.HOLD),
                new RiskPolicy(RiskPolicy.Reaction.REFUSE, 2),
                false,
                new SessionPolicy(Set.of(EnvVersion.RELEASE, EnvVersion.TRIAL), 3)));
    assertThat(app.push())
        .contains(
            new PushSettings(
                PushSettings.Mode.COMPATIBLE,
                PushSettings.Format.XML,
                new PushToken(PUSH_TOKEN),
                List.of(new PushKey(PUSH_KEY), new PushKey(OLD_PUSH_KEY))));
  }

  @Test
  void a_mini_program_of_which_nothing_is_said_is_checked_and_gets_no_pushes() {
    MiniProgram app = fromEnvironment(app()).apps().getFirst();

    assertThat(app.policies()).isEqualTo(Policies.DEFAULT);
    assertThat(app.policies().content().checked()).isTrue();
    assertThat(app.push()).isEmpty();
  }

  @Test
  void pushes_are_secure_and_json_unless_said_otherwise() {
    assertThat(
            fromEnvironment(app("PUSH_TOKEN", PUSH_TOKEN, "PUSH_AES_KEY", PUSH_KEY))
                .apps()
                .getFirst()
                .push())
        .contains(
            new PushSettings(
                PushSettings.Mode.SECURE,
                PushSettings.Format.JSON,
                new PushToken(PUSH_TOKEN),
                List.of(new PushKey(PUSH_KEY))));
  }

  @Test
  void plain_pushes_must_be_asked_for() {
    assertThat(problemsOf(app("PUSH_TOKEN", PUSH_TOKEN)))
        .singleElement()
        .asString()
        .contains("MINI_LOGIN_APPS_0_PUSH_AES_KEY", "MINI_LOGIN_APPS_0_PUSH_MODE");
    assertThat(
            problemsOf(
                app("PUSH_TOKEN", PUSH_TOKEN, "PUSH_AES_KEY", PUSH_KEY, "PUSH_MODE", "plain")))
        .singleElement()
        .asString()
        .contains("MINI_LOGIN_APPS_0_PUSH_MODE");

    assertThat(
            fromEnvironment(app("PUSH_TOKEN", PUSH_TOKEN, "PUSH_MODE", "plain"))
                .apps()
                .getFirst()
                .push()
                .map(PushSettings::mode))
        .contains(PushSettings.Mode.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUSH_AES_KEY", "PUSH_PREVIOUS_AES_KEY", "PUSH_MODE", "PUSH_FORMAT"})
  void push_settings_without_a_token_are_told(String setting) {
    assertThat(problemsOf(app(setting, PUSH_KEY)))
        .containsExactly("MINI_LOGIN_APPS_0_" + setting + " needs MINI_LOGIN_APPS_0_PUSH_TOKEN");
  }

  @ParameterizedTest
  @CsvSource({
    "TENANT, a brand",
    "CONTENT_CHECK, perhaps",
    "CONTENT_ON_REVIEW, ask",
    "CONTENT_ON_RISKY, ask",
    "RISK, sometimes",
    "RISK_FROM, four",
    "RISK_FROM, 12345678901",
    "CHECK_ENCRYPTED_DATA, 1",
    "ADMITTED_BUILDS, beta",
    "ADMITTED_BUILDS, 'release,,trial'",
    "SESSIONS_PER_USER, ten"
  })
  void a_policy_that_can_not_be(String setting, String value) {
    assertThat(problemsOf(app(setting, value)))
        .singleElement()
        .asString()
        .startsWith("MINI_LOGIN_APPS_0_" + setting + ":");
  }

  @Test
  void risky_content_is_never_shown_and_there_is_no_fifth_rank() {
    assertThat(problemsOf(app("CONTENT_ON_RISKY", "show")))
        .singleElement()
        .asString()
        .contains("risky content");
    assertThat(problemsOf(app("RISK_FROM", "5"))).singleElement().asString().contains("1 to 4");
  }

  @Test
  void a_user_has_one_session_at_least_and_a_hundred_at_most() {
    for (String number : List.of("0", "101")) {
      assertThat(problemsOf(app("SESSIONS_PER_USER", number)))
          .singleElement()
          .asString()
          .contains("1 to 100");
    }
  }

  @Test
  void all_that_is_wrong_with_one_mini_program_is_told_at_once() {
    String badToken = "push token with spaces";
    String badKey = "too-short-for-a-key";
    List<String> problems =
        problemsOf(
            app(
                "CONTENT_CHECK", "perhaps",
                "RISK", "sometimes",
                "PUSH_TOKEN", badToken,
                "PUSH_AES_KEY", badKey,
                "PUSH_PREVIOUS_AES_KEY", badKey,
                "PUSH_MODE", "open",
                "PUSH_FORMAT", "yaml"));

    for (String setting :
        List.of(
            "CONTENT_CHECK",
            "RISK",
            "PUSH_TOKEN",
            "PUSH_AES_KEY",
            "PUSH_PREVIOUS_AES_KEY",
            "PUSH_MODE",
            "PUSH_FORMAT")) {
      assertThat(problems)
          .as(setting)
          .filteredOn(problem -> problem.startsWith("MINI_LOGIN_APPS_0_" + setting + ":"))
          .hasSize(1);
    }
    assertThat(problems).hasSize(7);
    assertThat(String.join("\n", problems)).doesNotContain(badToken, badKey);
  }

  @Test
  void pictures_are_in_the_database_unless_a_store_is_named() {
    assertThat(fromEnvironment(with()).pictures()).isEmpty();
  }

  @Test
  void pictures_may_be_in_a_store() {
    assertThat(
            fromEnvironment(
                    store(
                        "REGION", "ap-guangzhou",
                        "PATH_STYLE", "true"))
                .pictures())
        .contains(
            new S3Settings(
                URI.create("https://cos.example.com"),
                "ap-guangzhou",
                "avatars-1250000000",
                "an-id",
                SECRET,
                true));
    assertThat(fromEnvironment(store()).pictures().orElseThrow().pathStyle()).isFalse();
  }

  @Test
  void all_that_is_wrong_with_a_store_is_told_at_once() {
    assertThat(
            problemsOf(
                with(
                    "MINI_LOGIN_AVATARS_S3_ENDPOINT", "cos.example.com",
                    "MINI_LOGIN_AVATARS_S3_PATH_STYLE", "perhaps")))
        .containsExactlyInAnyOrder(
            "MINI_LOGIN_AVATARS_S3_ENDPOINT: must be an http or https URL",
            "MINI_LOGIN_AVATARS_S3_BUCKET is missing",
            "MINI_LOGIN_AVATARS_S3_ACCESS_KEY_ID is missing",
            "MINI_LOGIN_AVATARS_S3_SECRET_ACCESS_KEY is missing",
            "MINI_LOGIN_AVATARS_S3_PATH_STYLE: must be true or false");
  }

  @ParameterizedTest
  @CsvSource({
    "ENDPOINT, https://user:password@cos.example.com",
    "ENDPOINT, https://cos.example.com/bucket",
    "BUCKET, Not A Bucket",
    "REGION, not a region"
  })
  void a_store_that_can_not_be(String setting, String value) {
    assertThat(problemsOf(store(setting, value)))
        .singleElement()
        .asString()
        .startsWith("MINI_LOGIN_AVATARS_S3_")
        .doesNotContain(SECRET, "password");
  }

  @Test
  void clients_and_wechat_reach_the_server_where_it_is_said() {
    assertThat(fromEnvironment(with()).here().uri()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(
            fromEnvironment(with("MINI_LOGIN_PUBLIC_URL", "https://login.example.com/"))
                .here()
                .uri())
        .isEqualTo(URI.create("https://login.example.com"));
    assertThat(problemsOf(with("MINI_LOGIN_PUBLIC_URL", "login.example.com")))
        .containsExactly("MINI_LOGIN_PUBLIC_URL: must be an http or https URL");
  }

  @Test
  void apps_may_be_properties() {
    Settings settings =
        read(
            properties(
                Map.of(
                    "mini-login.apps.0.app-id",
                    "wx1111aaaa2222bbbb",
                    "mini-login.apps.0.app-secret",
                    SECRET)));

    assertThat(settings.apps())
        .singleElement()
        .extracting(a -> a.appId().value())
        .isEqualTo("wx1111aaaa2222bbbb");
  }

  @Test
  void no_proxy_is_trusted_that_is_not_named() {
    assertThat(fromEnvironment(with()).proxies()).hasToString("[]");
    assertThat(
            fromEnvironment(with("MINI_LOGIN_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1")).proxies())
        .hasToString("[10.0.0.0/8, 192.0.2.1/32]");
    assertThat(
            read(properties(
                    Map.of("mini-login.trusted-proxies", List.of("10.0.0.0/8", "2001:db8::/32"))))
                .proxies())
        .hasToString("[10.0.0.0/8, 2001:db8:0:0:0:0:0:0/32]");
    assertThat(problemsOf(with("MINI_LOGIN_TRUSTED_PROXIES", "10.0.0.0/8,nginx")))
        .containsExactly(
            "MINI_LOGIN_TRUSTED_PROXIES: must be addresses and ranges like 10.0.0.0/8 or"
                + " 2001:db8::7, and not nginx");
  }

  @Test
  void what_is_limited_may_have_another_quota_or_none() {
    Quotas quotas =
        fromEnvironment(
                with(
                    "MINI_LOGIN_RATE_LIMITS_LOGINS_PER_NETWORK", "7",
                    "MINI_LOGIN_RATE_LIMITS_LOGINS_PER_APP", "0"))
            .quotas();
    assertThat(quotas.limit(LimitedUse.LOGINS_PER_NETWORK).orElseThrow().quota()).isEqualTo(7);
    assertThat(quotas.limit(LimitedUse.LOGINS_PER_APP)).isEmpty();
    assertThat(quotas.limit(LimitedUse.REQUESTS_PER_NETWORK).orElseThrow().quota())
        .isEqualTo(LimitedUse.REQUESTS_PER_NETWORK.defaultQuota());
    assertThat(
            fromEnvironment(with("MINI_LOGIN_RATE_LIMITS_ENABLED", "false"))
                .quotas()
                .limit(LimitedUse.LOGINS_PER_NETWORK))
        .isEmpty();
    assertThat(
            problemsOf(
                with(
                    "MINI_LOGIN_RATE_LIMITS_ENABLED", "maybe",
                    "MINI_LOGIN_RATE_LIMITS_PHONE_NUMBERS_PER_USER", "-1")))
        .containsExactlyInAnyOrder(
            "MINI_LOGIN_RATE_LIMITS_ENABLED: must be true or false",
            "MINI_LOGIN_RATE_LIMITS_PHONE_NUMBERS_PER_USER: must be a number");
  }

  @Test
  void apps_may_be_a_list_in_a_file() {
    Settings settings =
        read(
            properties(
                Map.of(
                    "mini-login.apps",
                    List.of(
                        Map.of("app-id", "wx1111aaaa2222bbbb", "app-secret", SECRET),
                        Map.of(
                            "app-id",
                            "wx3333cccc4444dddd",
                            "app-secret",
                            SECRET,
                            "idle-lifetime",
                            "1h")))));

    assertThat(settings.apps())
        .extracting(app -> app.appId().value())
        .containsExactly("wx1111aaaa2222bbbb", "wx3333cccc4444dddd");
    assertThat(settings.apps().getLast().lifetimes().idle()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void an_app_that_stands_there_twice_is_told() {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                fromEnvironment(
                    with(
                        "MINI_LOGIN_APPS_0_APP_ID",
                        "wx1111aaaa2222bbbb",
                        "MINI_LOGIN_APPS_0_APP_SECRET",
                        SECRET,
                        "MINI_LOGIN_APPS_1_APP_ID",
                        "wx1111aaaa2222bbbb",
                        "MINI_LOGIN_APPS_1_APP_SECRET",
                        SECRET)))
        .withMessageContaining("wx1111aaaa2222bbbb stands there twice")
        .withMessageNotContaining(SECRET);
  }

  @Test
  void a_slash_at_the_end_of_wechats_url_keeps_the_second_host() {
    assertThat(
            fromEnvironment(with("MINI_LOGIN_WECHAT_BASE_URL", "https://api.weixin.qq.com/"))
                .weChat()
                .hosts())
        .isEqualTo(fromEnvironment(with()).weChat().hosts())
        .hasSize(2);
  }

  @Test
  void no_app_at_all_is_fine() {
    assertThat(fromEnvironment(with()).apps()).isEmpty();
  }

  @Test
  void wechat_is_wechat_unless_said_otherwise() {
    assertThat(fromEnvironment(with()).weChat().hosts())
        .containsExactly(
            URI.create("https://api.weixin.qq.com"), URI.create("https://api2.weixin.qq.com"));
  }

  @Test
  void another_wechat_may_have_a_second_host() {
    assertThat(
            fromEnvironment(
                    with(
                        "MINI_LOGIN_WECHAT_BASE_URL", "http://one",
                        "MINI_LOGIN_WECHAT_FALLBACK_BASE_URL", "http://two"))
                .weChat()
                .hosts())
        .containsExactly(URI.create("http://one"), URI.create("http://two"));
  }

  @Test
  void all_that_is_wrong_is_told_at_once_and_no_secret_shown() {
    String badSecret = "a secret with spaces";
    List<String> problems =
        problemsOf(
            Map.of(
                "MINI_LOGIN_APPS_0_APP_ID",
                "not an app id!",
                "MINI_LOGIN_APPS_0_APP_SECRET",
                badSecret,
                "MINI_LOGIN_APPS_1_APP_SECRET",
                SECRET,
                "MINI_LOGIN_APPS_2_APP_ID",
                "wx1111aaaa2222bbbb",
                "MINI_LOGIN_APPS_3_APP_ID",
                "wx3333cccc4444dddd",
                "MINI_LOGIN_APPS_3_APP_SECRET",
                SECRET,
                "MINI_LOGIN_APPS_3_IDLE_LIFETIME",
                "31d",
                "MINI_LOGIN_WECHAT_BASE_URL",
                "ftp://user:" + SECRET + "@wechat",
                "DATASOURCES_DEFAULT_URL",
                "jdbc:postgresql://db/x?password=" + SECRET,
                "DATASOURCES_DEFAULT_PASSWORD",
                SECRET));

    for (String setting :
        List.of(
            "MINI_LOGIN_APPS_0_APP_ID",
            "MINI_LOGIN_APPS_0_APP_SECRET",
            "MINI_LOGIN_APPS_1_APP_ID",
            "MINI_LOGIN_APPS_2_APP_SECRET",
            "MINI_LOGIN_APPS_3_IDLE_LIFETIME",
            "MINI_LOGIN_WECHAT_BASE_URL",
            "MINI_LOGIN_KEYS_FILE",
            "DATASOURCES_DEFAULT_URL")) {
      assertThat(problems).as(setting).filteredOn(p -> p.startsWith(setting)).hasSize(1);
    }
    assertThat(problems).hasSize(8);
    assertThat(String.join("\n", problems)).doesNotContain(SECRET, badSecret);
  }

  @ParameterizedTest
  @CsvSource({
    "IDLE_LIFETIME, soon",
    "IDLE_LIFETIME, 59s",
    "IDLE_LIFETIME, -1h",
    "ABSOLUTE_LIFETIME, forever",
    "ABSOLUTE_LIFETIME, 23h"
  })
  void a_lifetime_that_can_not_be(String setting, String value) {
    List<String> problems =
        problemsOf(
            with(
                "MINI_LOGIN_APPS_0_APP_ID",
                "wx1111aaaa2222bbbb",
                "MINI_LOGIN_APPS_0_APP_SECRET",
                SECRET,
                "MINI_LOGIN_APPS_0_" + setting,
                value));

    assertThat(problems).singleElement().asString().contains("MINI_LOGIN_APPS_0_" + setting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://wechat", "wechat", "http://", "http://a b", "/path"})
  void a_wechat_that_can_not_be(String url) {
    assertThat(problemsOf(with("MINI_LOGIN_WECHAT_BASE_URL", url)))
        .containsExactly("MINI_LOGIN_WECHAT_BASE_URL: must be an http or https URL");
  }

  @Test
  void a_missing_key_file_is_told_with_its_remedy() {
    Map<String, Object> settings = with("MINI_LOGIN_KEYS_CREATE", "false");

    assertThat(problemsOf(settings))
        .singleElement()
        .asString()
        .startsWith("MINI_LOGIN_KEYS_FILE")
        .contains("MINI_LOGIN_KEYS_CREATE=true");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_key_file_is_made_once() {
    fromEnvironment(with());
    Path file = folder.resolve("keys");
    assertThat(file).isNotEmptyFile();
    long size = file.toFile().length();

    fromEnvironment(with("MINI_LOGIN_KEYS_CREATE", "false"));

    assertThat(file).hasSize(size);
  }

  @Test
  void a_key_file_that_is_none_is_told_and_not_shown() throws Exception {
    Path file = folder.resolve("keys");
    Files.writeString(file, "not a key file " + SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(problemsOf(with()))
        .singleElement()
        .asString()
        .startsWith("MINI_LOGIN_KEYS_FILE")
        .doesNotContain(SECRET);
  }

  @Test
  void settings_do_not_print_their_secrets() {
    Settings settings =
        fromEnvironment(
            with(
                "MINI_LOGIN_APPS_0_APP_ID", "wx1111aaaa2222bbbb",
                "MINI_LOGIN_APPS_0_APP_SECRET", SECRET,
                "DATASOURCES_DEFAULT_PASSWORD", "a password",
                "MINI_LOGIN_APPS_0_PUSH_TOKEN", PUSH_TOKEN,
                "MINI_LOGIN_APPS_0_PUSH_AES_KEY", PUSH_KEY,
                "MINI_LOGIN_AVATARS_S3_ENDPOINT", "https://cos.example.com",
                "MINI_LOGIN_AVATARS_S3_BUCKET", "avatars",
                "MINI_LOGIN_AVATARS_S3_ACCESS_KEY_ID", "an-id",
                "MINI_LOGIN_AVATARS_S3_SECRET_ACCESS_KEY", SECRET));

    assertThat(settings.toString())
        .contains("avatars")
        .doesNotContain(SECRET, "a password", PUSH_TOKEN, PUSH_KEY);
  }

  /** A right environment, and what is added to it or changed: name, value, name, value… */
  private Map<String, Object> with(String... namesAndValues) {
    Map<String, Object> environment = new HashMap<>();
    environment.put("DATASOURCES_DEFAULT_URL", "jdbc:mysql://db:3306/mini_login");
    environment.put("MINI_LOGIN_KEYS_FILE", folder.resolve("keys").toString());
    environment.put("MINI_LOGIN_KEYS_CREATE", "true");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return environment;
  }

  /** A right environment with one mini program of which more is said: setting, value… */
  private Map<String, Object> app(String... settingsAndValues) {
    Map<String, Object> environment =
        with(
            "MINI_LOGIN_APPS_0_APP_ID",
            "wx1111aaaa2222bbbb",
            "MINI_LOGIN_APPS_0_APP_SECRET",
            SECRET);
    return more(environment, "MINI_LOGIN_APPS_0_", settingsAndValues);
  }

  /** A right environment with a store of which more is said: setting, value… */
  private Map<String, Object> store(String... settingsAndValues) {
    Map<String, Object> environment =
        with(
            "MINI_LOGIN_AVATARS_S3_ENDPOINT", "https://cos.example.com",
            "MINI_LOGIN_AVATARS_S3_BUCKET", "avatars-1250000000",
            "MINI_LOGIN_AVATARS_S3_ACCESS_KEY_ID", "an-id",
            "MINI_LOGIN_AVATARS_S3_SECRET_ACCESS_KEY", SECRET);
    return more(environment, "MINI_LOGIN_AVATARS_S3_", settingsAndValues);
  }

  private static Map<String, Object> more(
      Map<String, Object> environment, String prefix, String... settingsAndValues) {
    for (int i = 0; i < settingsAndValues.length; i += 2) {
      environment.put(prefix + settingsAndValues[i], settingsAndValues[i + 1]);
    }
    return environment;
  }

  private static List<String> problemsOf(Map<String, Object> environment) {
    InvalidConfiguration failure =
        catchThrowableOfType(InvalidConfiguration.class, () -> fromEnvironment(environment));
    assertThat(failure).as("a refusal").isNotNull();
    return failure.problems();
  }

  private static Settings fromEnvironment(Map<String, Object> variables) {
    return read(
        PropertySource.of(
            "variables",
            variables,
            PropertyConvention.ENVIRONMENT_VARIABLE,
            PropertySource.Origin.of("this test")));
  }

  private PropertySource properties(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("datasources.default.url", "jdbc:mysql://db:3306/mini_login");
    properties.put("mini-login.keys.file", folder.resolve("keys").toString());
    properties.put("mini-login.keys.create", true);
    return PropertySource.of("properties", properties);
  }

  private static Settings read(PropertySource source) {
    try (Environment environment =
        ApplicationContext.builder()
            .environmentPropertySource(false)
            .propertySources(source)
            .build()
            .getEnvironment()
            .start()) {
      return Settings.read(environment, new SecureRandom());
    }
  }
}
