package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After the tests in the studio, which fill every table: no AppSecret, push token, key, code,
 * session_key, access_token, session token or phone number stands in the database in the clear.
 *
 * <p>It comes late by {@link ClassOrderer.OrderAnnotation}, set for all in {@code
 * junit-platform.properties}.
 */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(Studio.Given.class)
class NothingSecretIsStoredTest {
  private final Studio studio;

  NothingSecretIsStoredTest(Studio studio) {
    this.studio = studio;
  }

  @Test
  void no_table_has_a_secret_in_the_clear() {
    fillWhatElseMightBeEmpty();
    Dump dump = Dump.of(studio.database);
    Set<String> secrets = new HashSet<>(Secrets.used());
    // Personal data that the database looks people up by.
    dump.column("SELECT openid FROM wechat_identities").forEach(secrets::remove);
    dump.column("SELECT unionid FROM wechat_identities").forEach(secrets::remove);
    dump.column("SELECT openid FROM content_reviews").forEach(secrets::remove);

    for (Map.Entry<String, String> table : dump.tables().entrySet()) {
      assertThat(secrets).as("secrets in %s", table.getKey()).noneMatch(table.getValue()::contains);
    }
  }

  /** Also when this test runs alone. */
  private void fillWhatElseMightBeEmpty() {
    String person = WeChat.somebody();
    String token = studio.logIn(Studio.APP, person).token();
    studio.client.bindPhone(token, studio.weChat.phoneCode(Studio.APP, person)).has(200);
    assertThat(
            Dump.of(studio.database)
                .count("SELECT COUNT(*) FROM access_tokens WHERE token IS NOT NULL"))
        .isPositive();
  }
}
