package dev.minilogin.bootstrap.http;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands in a database, as somebody sees it who has a dump of it and no key. */
final class Dump {
  private final TestDatabase.Schema database;

  private Dump(TestDatabase.Schema database) {
    this.database = database;
  }

  static Dump of(TestDatabase.Schema database) {
    return new Dump(database);
  }

  /**
   * All that stands in each table, byte for byte, and once more in hexadecimal digits: for what is
   * kept in bytes.
   */
  Map<String, String> tables() {
    Map<String, String> contents = new TreeMap<>();
    for (String table : column("SHOW TABLES")) {
      contents.put(table, content(table));
    }
    return contents;
  }

  private String content(String table) {
    StringBuilder content = new StringBuilder();
    try (Connection connection = database.connect();
        PreparedStatement query = connection.prepareStatement("SELECT * FROM `" + table + "`");
        ResultSet rows = query.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          byte[] value = rows.getBytes(i);
          if (value != null) {
            content.append(new String(value, StandardCharsets.ISO_8859_1)).append('\n');
            content.append(HexFormat.of().formatHex(value)).append('\n');
          }
        }
      }
      return content.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query's rows, as texts. */
  List<String> column(String sql, Object... parameters) {
    try (Connection connection = database.connect();
        PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setObject(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number of rows that a query counts. */
  int count(String sql, Object... parameters) {
    return Integer.parseInt(column(sql, parameters).getFirst());
  }

  /** The text of a UUID as SQL's {@code UNHEX} takes it. */
  static String hex(String uuid) {
    return uuid.replace("-", "");
  }
}
