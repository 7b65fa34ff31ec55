package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.DataInventory;
import dev.minilogin.adapters.persistence.testing.DataInventory.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The inventory has exactly the columns that the migrations make, and docs/data.md says what it
 * says. With {@code -Dminilogin.docs.write=true} the file is written anew.
 */
class DataInventoryTest {
  private static final Path FILE = Path.of("..", "docs", "data.md");

  @Test
  void every_column_has_a_class_and_no_other_column_has() throws SQLException {
    MysqlStorage.context();
    List<String> columns =
        new Sql(MysqlStorage.schema())
            .lines(
                "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns"
                    + " WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history'");
    assertThat(
            DataInventory.TABLES.stream()
                .flatMap(
                    table ->
                        table.columns().stream().map(column -> table.name() + '.' + column.name())))
        .as("DataInventory: say of each column what it holds and how long it is kept")
        .containsExactlyInAnyOrderElementsOf(columns);
  }

  @Test
  void whatever_is_personal_is_exported_or_says_why_not() {
    assertThat(DataInventory.TABLES.stream().flatMap(table -> table.columns().stream()))
        .allSatisfy(
            column ->
                assertThat(column.exportedAs().isPresent() || column.notExported().isPresent())
                    .as(column.name())
                    .isEqualTo(column.dataClass() == DataInventory.DataClass.PERSONAL));
  }

  @Test
  void every_table_says_how_long_its_rows_are_kept() {
    assertThat(DataInventory.TABLES).allSatisfy(table -> assertThat(table.kept()).isNotBlank());
    assertThat(DataInventory.TABLES).extracting(Table::name).isSorted();
  }

  @Test
  void the_docs_are_what_the_inventory_says() throws IOException {
    String expected = DataInventory.document();
    if (Boolean.getBoolean("minilogin.docs.write")) {
      Files.writeString(FILE, expected);
    }
    assertThat(FILE).content().isEqualTo(expected);
  }
}
