package dev.minilogin.adapters.persistence.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server's address and Connector/J's parameters for it, from which the URL of any schema follows.
 *
 * @param server {@code host:port}
 * @param parameters Connector/J's parameters without user and password, in order
 */
record JdbcUrl(String server, Map<String, String> parameters) {

  private static final Pattern SHAPE =
      Pattern.compile("jdbc:mysql://(?<server>[^/?]+)(/[^?]*)?(\\?(?<query>.*))?");

  /**
   * Sessions in UTC whatever the zone of server and JVM; prepared statements on the server and
   * cached; no TLS, which loopback does not need.
   */
  private static final Map<String, String> RECOMMENDED = new LinkedHashMap<>();

  static {
    RECOMMENDED.put("connectionTimeZone", "UTC");
    RECOMMENDED.put("forceConnectionTimeZoneToSession", "true");
    RECOMMENDED.put("rewriteBatchedStatements", "true");
    RECOMMENDED.put("useServerPrepStmts", "true");
    RECOMMENDED.put("cachePrepStmts", "true");
    RECOMMENDED.put("prepStmtCacheSize", "250");
    RECOMMENDED.put("prepStmtCacheSqlLimit", "2048");
    RECOMMENDED.put("connectTimeout", "2000");
    RECOMMENDED.put("socketTimeout", "15000");
    RECOMMENDED.put("tcpKeepAlive", "true");
    RECOMMENDED.put("sslMode", "DISABLED");
    RECOMMENDED.put("allowPublicKeyRetrieval", "true");
  }

  /** The recommended parameters for a server on this machine. */
  static JdbcUrl onLoopback(int port) {
    return new JdbcUrl("127.0.0.1:" + port, RECOMMENDED);
  }

  /**
   * The server that a URL names; its schema is ignored, its parameters win over the recommended
   * ones.
   */
  static WithCredentials parse(String url) {
    Matcher matcher = SHAPE.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not of the shape jdbc:mysql://host:port/?name=value&…");
    }
    Map<String, String> parameters = new LinkedHashMap<>(RECOMMENDED);
    String query = matcher.group("query");
    if (query != null) {
      for (String pair : query.split("&")) {
        String[] parts = pair.split("=", 2);
        parameters.put(parts[0], parts.length == 2 ? parts[1] : "");
      }
    }
    String user = parameters.remove("user");
    String password = parameters.remove("password");
    return new WithCredentials(
        new JdbcUrl(matcher.group("server"), parameters), decode(user), decode(password));
  }

  JdbcUrl with(String parameter, String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, value);
    return new JdbcUrl(server, changed);
  }

  String ofSchema(String schema) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&", "jdbc:mysql://" + server + "/" + schema + "?", ""));
  }

  private static String decode(String value) {
    return value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  record WithCredentials(JdbcUrl url, String username, String password) {}
}
