package dev.minilogin.adapters.persistence;

import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Looks into a schema past the adapters, each time on a connection of its own. */
record Sql(Schema schema) {
  /** A row: the columns' bytes by their names in lower case; null where the database has NULL. */
  List<Map<String, byte[]>> rows(String query) throws SQLException {
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      ResultSetMetaData columns = result.getMetaData();
      List<Map<String, byte[]>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, byte[]> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), result.getBytes(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Each row as its columns' texts, joined by one blank. */
  List<String> lines(String query) throws SQLException {
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> lines = new ArrayList<>();
      while (result.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          columns.add(result.getString(i));
        }
        lines.add(String.join(" ", columns));
      }
      return lines;
    }
  }

  long number(String query) throws SQLException {
    return Long.parseLong(lines(query).getFirst());
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The names of all tables. */
  List<String> tables() throws SQLException {
    return lines(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            + " ORDER BY table_name");
  }

  /** The columns of all tables, as {@code table.column}, in which one of these can be found. */
  List<String> columnsThatHold(List<byte[]> needles) throws SQLException {
    Set<String> found = new LinkedHashSet<>();
    for (String table : tables()) {
      for (Map<String, byte[]> row : rows("SELECT * FROM " + table)) {
        row.forEach(
            (column, content) -> {
              if (content != null
                  && needles.stream().anyMatch(n -> Encodings.holdsPart(content, n))) {
                found.add(table + '.' + column);
              }
            });
      }
    }
    return List.copyOf(found);
  }
}
