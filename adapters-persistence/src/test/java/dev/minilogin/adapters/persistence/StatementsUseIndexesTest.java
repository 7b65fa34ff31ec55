package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asks the database how it would run each statement of the repositories on tables that are full.
 */
class StatementsUseIndexesTest {
  private static final int ROWS = 3_000;

  /** The row that statements ask for, apart from those that go through all: every table has it. */
  private static final int ASKED_FOR = 1_234;

  private static final Set<String> BY_INDEX =
      Set.of("const", "eq_ref", "ref", "range", "index_subquery", "unique_subquery");

  private record Repositories(Schema schema, Instance instance) {
    static final Repositories ONES = start();

    private static Repositories start() {
      Schema schema = TestDatabase.get().freshSchema();
      return new Repositories(schema, Instance.start(schema));
    }
  }

  /** A statement of a repository, with values in the place of its parameters. */
  private record Asked(String name, String sql) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void fillTables() throws SQLException {
    fill(
        "mini_programs (app_id, sealed_secret, enabled, idle_lifetime_ms, absolute_lifetime_ms)"
            + " VALUES (CONCAT('wx', @n), 'x', 1, 1, 1)");
    fill(
        "users (id, unionid, status, session_epoch, avatar_url, profile_provenance,"
            + " profile_version, phone_mac, phone_tenant, created_at, updated_at)"
            + " VALUES (@id, CONCAT('u', @n), 'ACTIVE', 0, CONCAT('/avatars/b', @n), '', 0, @mac,"
            + " 'default', 1, 1)");
    fill(
        "wechat_identities (app_id, openid, user_id, unionid, session_key, session_key_mac,"
            + " session_key_at, session_key_used_at, login_count, created_at, last_login_at)"
            + " VALUES ('wx1234', CONCAT('o', @n), @id, CONCAT('u', @n), 'x', @mac, 1, @later, 1,"
            + " 1, 1)");
    fill(
        "sessions (id, token_mac, user_id, app_id, created_at, last_seen_at, idle_expires_at,"
            + " absolute_expires_at, epoch, login_claim, new_user, family)"
            + " VALUES (@id, @mac, @id, 'wx1234', 1, 1, 99999, 99999, 0, @mac, 0, @id)");
    fill("login_claims (claim, created_at) VALUES (@mac, @later)");
    fill("revocations (id, revoked_at, user_id) VALUES (@id, @n, @id)");
    fill("erasure_receipts (user_id, asked_at, erased_at) VALUES (@id, 1, @later)");
    fill("leases (name, holder, leased_until) VALUES (CONCAT('l', @n), @id, 1)");
    fill(
        "access_tokens (app_id, token_mac, lease_id, leased_until)"
            + " VALUES (CONCAT('wx', @n), @mac, @id, 1)");
    fill(
        "content_reviews (id, user_id, app_id, openid, field, value, source, tries, trace,"
            + " created_at, next_try_at, held) VALUES (@id, @id, CONCAT('wx', @n), 'o', 'NICKNAME',"
            + " CONCAT('v', @n), 'USER', 0, CONCAT('t', @n), 1, @later, @first)");
    fill(
        "push_inbox (id, app_id, dedupe_mac, event, person_mac, emptied, received_at, tries,"
            + " next_try_at, handled_at)"
            + " VALUES (@id, CONCAT('wx', @n), @mac, 'x', @mac, 0, @n, 0, @later, @later - 1)");
    fill(
        "avatars (avatar_key, user_id, added_at, shown)"
            + " VALUES (CONCAT('a', @n), @id, @later - 1, 0)");
    fill(
        "avatar_pictures (avatar_key, media_type, content)"
            + " VALUES (CONCAT('a', @n), 'image/png', 'x')");
    fill(
        "audit_log (id, happened_at, kind, actor, user_id, details, mac_key, mac, seq, chain_key,"
            + " chain) VALUES (@id, @first * 2000, 'LOGIN', 'USER', @id, '', 1, @mac, @n - 1765,"
            + " 1, @mac)");
    fill("audit_keys (number, sealed_key) VALUES (@n, 'x')");
    fill(
        "audit_marks (name, seq, chain, mark_key, mac)"
            + " VALUES (CONCAT('m', @n), @n, @mac, 1, @mac)");
    fill(
        "account_merges (id, kept_id, absorbed_id, found_at, unionid_moved)"
            + " VALUES (@id, @id, @id, @later, 0)");
    fill("rate_limits (bucket, state, expires_at) VALUES (@mac, @mac, @later)");
    fill("key_uses (purpose, key_number, last_used_at) VALUES (CONCAT('p', @n), @n, 1)");
    Sql sql = new Sql(Repositories.ONES.schema());
    for (String table : sql.tables()) {
      sql.execute("ANALYZE TABLE " + table);
    }
  }

  /**
   * @param into {@code @n} is the number of the row; {@code @later} is later than what statements
   *     ask for, apart from the first row, and {@code @first} is 1 for that one
   */
  private static void fill(String into) throws SQLException {
    String insert =
        "INSERT INTO "
            + into.replace("@id", "UNHEX(LPAD(HEX(?), 32, '0'))")
                .replace("@mac", "UNHEX(LPAD(HEX(?), 64, '0'))")
                .replace("@later", "? + " + ASKED_FOR)
                .replace("@first", "? = 0")
                .replace("@n", "?");
    int parameters = insert.length() - insert.replace("?", "").length();
    try (Connection connection = Repositories.ONES.schema().connect();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      connection.setAutoCommit(false);
      for (int row = 0; row < ROWS; row++) {
        for (int i = 1; i <= parameters; i++) {
          statement.setInt(i, row);
        }
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  @AfterAll
  static void stop() {
    Repositories.ONES.instance().close();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void every_table_of_a_statement_is_read_by_an_index(Asked statement) throws SQLException {
    List<Map<String, byte[]>> reads = reads(statement.sql());
    if (!statement.sql().startsWith("INSERT")) {
      assertThat(reads).isNotEmpty();
    }
    assertThat(reads)
        .allSatisfy(
            read -> {
              assertThat(text(read, "type")).as("type of %s", print(read)).isIn(BY_INDEX);
              assertThat(text(read, "key")).as("key of %s", print(read)).isNotNull();
              assertThat(Long.parseLong(text(read, "rows")))
                  .as("rows of %s", print(read))
                  .isLessThanOrEqualTo(2);
            });
  }

  @Test
  void all_repositories_are_asked() {
    assertThat(statements())
        .extracting(Asked::name)
        .contains(
            "SessionRows.byToken",
            "SessionRows.slide",
            "ClaimRows.release",
            "LoginRows.putIdentity",
            "LoginRows.linkUnionid",
            "UserChangeRows.change",
            "MiniProgramRows.byAppId",
            "PhoneRows.othersWithPhone",
            "SessionChangeRows.endOthers",
            "RevocationRows.latest",
            "AccessTokenRows.lease",
            "ReviewRows.due",
            "PushRows.due",
            "PushRows.accept",
            "PushRows.forget",
            "LimitRows.forget",
            "ErasureRows.emptyAllAbout",
            "ErasureRows.deleteIdentities",
            "CopyRows.pictures",
            "PurgeRows.sessions",
            "PurgeRows.sessionKeys",
            "AvatarRows.unused",
            "AuditRows.about",
            "AuditRows.linked",
            "AuditTrailRows.purge",
            "IdentityRows.after",
            "LivingSessionRows.before");
  }

  @Test
  void a_statement_without_an_index_is_seen() throws SQLException {
    assertThat(reads("SELECT * FROM users WHERE nickname = 'Ann'"))
        .extracting(read -> text(read, "type"))
        .containsExactly("ALL");
    assertThat(reads("UPDATE sessions SET epoch = 1 WHERE app_id = 'wx7'"))
        .extracting(read -> text(read, "type"))
        .doesNotContainAnyElementsOf(BY_INDEX);
  }

  static List<Asked> statements() {
    return Repositories.ONES
        .instance()
        .context()
        .getBeanDefinitions(GenericRepository.class)
        .stream()
        .flatMap(definition -> Stream.of(definition.getBeanType().getInterfaces()))
        .filter(type -> GenericRepository.class.isAssignableFrom(type))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .map(StatementsUseIndexesTest::statement)
        .toList();
  }

  private static Asked statement(Method method) {
    String name = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
    Query query = method.getAnnotation(Query.class);
    assertThat(query).as(name).isNotNull();
    String sql = query.value().strip();
    for (Parameter parameter : method.getParameters()) {
      sql = sql.replaceAll(":" + parameter.getName() + "\\b", value(parameter));
    }
    assertThat(sql).as(name).doesNotContain(":");
    return new Asked(name, sql);
  }

  private static String value(Parameter parameter) {
    if (parameter.getName().equals("limit")) {
      return "10";
    }
    if (parameter.getName().equals("keptMs")) {
      return Long.toString(Duration.ofDays(36_500).toMillis());
    }
    if (parameter.getType() == byte[].class) {
      boolean id = parameter.getName().toLowerCase(Locale.ROOT).endsWith("id");
      int number =
          switch (parameter.getName()) {
            case "lastId" -> ROWS - 2;
            case "beforeId" -> 1;
            default -> parameter.getName().startsWith("older") ? ASKED_FOR + 1 : ASKED_FOR;
          };
      return String.format(Locale.ROOT, id ? "X'%032x'" : "X'%064x'", number);
    }
    if (parameter.getType() == boolean.class) {
      return "TRUE";
    }
    if (parameter.getName().equals("lastNumber")) {
      return Integer.toString(ROWS - 2);
    }
    if (parameter.getType() != String.class) {
      return Integer.toString(ASKED_FOR);
    }
    return switch (parameter.getName()) {
      case "appId" -> "'wx" + ASKED_FOR + "'";
      case "openid" -> "'o" + ASKED_FOR + "'";
      // Of 'wx0' to 'wx2999', and of 'o0' to 'o2999', the last but one.
      case "lastAppId" -> "'wx998'";
      case "lastOpenid" -> "'o998'";
      case "unionid" -> "'u" + ASKED_FOR + "'";
      case "avatarKey" -> "'a" + ASKED_FOR + "'";
      case "lease" -> "'l" + ASKED_FOR + "'";
      case "trace" -> "'t" + ASKED_FOR + "'";
      case "tenant" -> "'default'";
      case "field" -> "'NICKNAME'";
      case "name" -> "'m" + ASKED_FOR + "'";
      default -> "'x'";
    };
  }

  /** The rows of EXPLAIN that read a table; the one that an INSERT writes to is none of them. */
  private static List<Map<String, byte[]>> reads(String statement) throws SQLException {
    return new Sql(Repositories.ONES.schema())
        .rows("EXPLAIN FORMAT=TRADITIONAL " + statement).stream()
            .filter(row -> !"INSERT".equals(text(row, "select_type")))
            .filter(row -> text(row, "table") != null)
            .toList();
  }

  private static String text(Map<String, byte[]> row, String column) {
    byte[] value = row.get(column);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private static String print(Map<String, byte[]> row) {
    return row.keySet().stream()
        .map(column -> column + '=' + text(row, column))
        .toList()
        .toString();
  }
}
