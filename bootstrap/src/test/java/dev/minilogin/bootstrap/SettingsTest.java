package dev.minilogin.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may write, and what they are told if it can't be right. */
class SettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

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
    assertThat(first.secret().reveal()).isEqualTo(SECRET);
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
                "DATASOURCES_DEFAULT_PASSWORD", "a password"));

    assertThat(settings.toString()).doesNotContain(SECRET, "a password");
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
