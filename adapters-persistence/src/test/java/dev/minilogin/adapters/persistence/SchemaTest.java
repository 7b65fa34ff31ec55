package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final String OUR_COLUMNS =
      " FROM information_schema.columns WHERE table_schema = DATABASE()"
          + " AND table_name <> 'flyway_schema_history' ";

  @Test
  void migrating_again_changes_nothing() throws SQLException {
    Schema schema = TestDatabase.get().freshSchema();
    Instance.start(schema).close();
    List<String> first = definition(schema);
    assertThat(first).anyMatch(line -> line.contains("wechat_identities"));
    Instance.start(schema).close();
    assertThat(definition(schema)).isEqualTo(first);
  }

  @Test
  void three_instances_that_start_at_once_on_an_empty_schema_all_run() throws SQLException {
    Schema schema = TestDatabase.get().freshSchema();
    List<Instance> instances = AtOnce.run(3, _ -> Instance.start(schema));
    for (Instance instance : instances) {
      MiniProgram app = Sample.miniProgram();
      instance.ports().miniPrograms().save(app);
      assertThat(instance.ports().miniPrograms().find(app.appId())).contains(app);
      instance.close();
    }
    Schema alone = TestDatabase.get().freshSchema();
    Instance.start(alone).close();
    assertThat(definition(schema)).isEqualTo(definition(alone));
  }

  @Test
  void ids_of_wechat_are_told_apart_by_case_and_take_one_byte_a_character() throws SQLException {
    assertThat(
            ours()
                .lines(
                    "SELECT DISTINCT column_name, data_type, character_set_name, collation_name"
                        + OUR_COLUMNS
                        + "AND column_name IN ('app_id', 'openid', 'unionid') ORDER BY 1"))
        .containsExactly(
            "app_id varchar ascii ascii_bin",
            "openid varchar ascii ascii_bin",
            "unionid varchar ascii ascii_bin");
  }

  @Test
  void what_people_write_is_kept_in_utf8mb4() throws SQLException {
    assertThat(
            ours()
                .lines(
                    "SELECT table_name, column_name, character_set_name"
                        + OUR_COLUMNS
                        + "AND character_set_name IS NOT NULL AND collation_name <> 'ascii_bin'"
                        + " ORDER BY table_name, column_name"))
        .containsExactly(
            "content_reviews value utf8mb4",
            "sessions model utf8mb4",
            "sessions platform utf8mb4",
            "sessions scene utf8mb4",
            "sessions version utf8mb4",
            "users avatar_url utf8mb4",
            "users city utf8mb4",
            "users country utf8mb4",
            "users gender utf8mb4",
            "users language utf8mb4",
            "users nickname utf8mb4",
            "users nickname_review_value utf8mb4",
            "users province utf8mb4");
  }

  @Test
  void times_are_milliseconds_in_a_bigint_and_nothing_counts_by_itself() throws SQLException {
    assertThat(
            ours()
                .lines(
                    "SELECT DISTINCT data_type"
                        + OUR_COLUMNS
                        + "AND column_name REGEXP '_(at|ms|at_[0-9])$'"))
        .containsExactly("bigint");
    assertThat(
            ours()
                .lines(
                    "SELECT table_name, column_name"
                        + OUR_COLUMNS
                        + "AND (data_type IN ('datetime', 'timestamp', 'time', 'date')"
                        + " OR extra LIKE '%auto_increment%')"))
        .isEmpty();
  }

  @Test
  void every_table_has_transactions() throws SQLException {
    assertThat(
            ours()
                .lines(
                    "SELECT DISTINCT engine FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE()"))
        .containsExactly("InnoDB");
  }

  private static Sql ours() {
    MysqlStorage.context();
    return new Sql(MysqlStorage.schema());
  }

  /** Everything that a migration could change, apart from the times at which it did. */
  private static List<String> definition(Schema schema) throws SQLException {
    Sql sql = new Sql(schema);
    List<String> definition = new ArrayList<>();
    for (String table : sql.tables()) {
      definition.addAll(sql.lines("SHOW CREATE TABLE " + table));
    }
    definition.addAll(
        sql.lines(
            "SELECT version, script, checksum, success FROM flyway_schema_history"
                + " ORDER BY installed_rank"));
    return definition;
  }
}
