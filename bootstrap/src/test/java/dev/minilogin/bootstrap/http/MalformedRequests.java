package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minilogin.domain.session.SessionToken;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Requests to the routes of the API's description, each wrong in a way that its number decides, or
 * in several; the same number gives the same request, but for tokens that nobody has.
 */
final class MalformedRequests {
  /** What would end the session that the others need. They are only asked without it. */
  private static final Set<String> ENDS_THE_SESSION = Set.of("/v1/me/session-key/reset");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String BOUNDARY = "b0undary";

  private final List<Route> routes;
  private final String appId;
  private final String token;
  private final long seed;

  /**
   * @param token of a session that goes on
   * @param seed other requests for another one
   */
  MalformedRequests(String appId, String token, long seed) {
    this.appId = appId;
    this.token = token;
    this.seed = seed;
    this.routes =
        Contract.description().getPaths().entrySet().stream()
            .flatMap(
                path ->
                    path.getValue().readOperationsMap().entrySet().stream()
                        .map(
                            operation ->
                                Route.of(operation.getKey(), path.getKey(), operation.getValue())))
            .toList();
  }

  /**
   * Bytes to send.
   *
   * @param isAnswered whether HTTP wants an answer, whatever it says
   * @param keepsConnection whether the connection is as good as before afterwards
   */
  record Request(String kind, byte[] bytes, boolean isAnswered, boolean keepsConnection) {
    /** The first lines, for a message. */
    @Override
    public String toString() {
      String text = new String(bytes, ISO_8859_1);
      return kind
          + ": "
          + text.substring(0, Math.min(600, text.length())).replaceAll("[^ -~\r\n]", "?");
    }
  }

  private record Route(String method, String path, List<String> fields, List<String> parameters) {
    static Route of(PathItem.HttpMethod method, String path, Operation operation) {
      List<String> parameters =
          Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
              .filter(parameter -> "query".equals(parameter.getIn()))
              .map(Parameter::getName)
              .toList();
      return new Route(method.name(), path, fields(operation), parameters);
    }

    private static List<String> fields(Operation operation) {
      if (operation.getRequestBody() == null) {
        return List.of();
      }
      return operation.getRequestBody().getContent().values().stream()
          .flatMap(content -> properties(content.getSchema()).keySet().stream())
          .distinct()
          .toList();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Map<String, Schema> properties(Schema<?> schema) {
      if (schema == null) {
        return Map.of();
      }
      if (schema.get$ref() != null) {
        String name = schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1);
        return properties(Contract.description().getComponents().getSchemas().get(name));
      }
      return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }
  }

  private enum Kind {
    CONTENT_TYPE,
    METHOD,
    NEGOTIATION,
    PATH,
    QUERY,
    JSON,
    AUTHORIZATION,
    HEADER,
    LENGTH,
    CHUNKS,
    MULTIPART,
    REQUEST_LINE,
    BYTES
  }

  /** The request with that number. */
  Request of(long number) {
    SplittableRandom random = new SplittableRandom(seed + number);
    Draft draft = new Draft(random, number, routes.get(random.nextInt(routes.size())));
    Kind kind = Kind.values()[(int) (number % Kind.values().length)];
    draft.spoil(kind);
    String name = kind.name();
    if (random.nextInt(4) == 0) {
      Kind other = Kind.values()[random.nextInt(Kind.values().length)];
      draft.spoil(other);
      name += "+" + other;
    }
    return draft.request(name);
  }

  /** A request that was right until it was spoiled. */
  private final class Draft {
    private final SplittableRandom random;
    private final long number;
    private final Route route;
    private final List<String> headers = new ArrayList<>();
    private String method;
    private String target;
    private String version = "HTTP/1.1";
    private byte[] body;
    private boolean hasLength = true;
    private boolean isAnswered = true;
    private boolean keepsConnection = true;
    private byte[] instead;

    Draft(SplittableRandom random, long number, Route route) {
      this.random = random;
      this.number = number;
      this.route = route;
      method = route.method;
      target = route.path.replace("{appId}", appId).replace("{key}", "k".repeat(32));
      if (!route.parameters.isEmpty()) {
        target +=
            route.parameters.stream()
                .map(name -> name + "=" + value())
                .collect(Collectors.joining("&", "?", ""));
      }
      body = route.fields.isEmpty() ? new byte[0] : json().getBytes(UTF_8);
      headers.add("Host: localhost");
      if (body.length > 0) {
        headers.add("Content-Type: application/json");
      }
      if (random.nextInt(3) > 0) {
        headers.add("Authorization: Bearer " + token);
      }
    }

    void spoil(Kind kind) {
      switch (kind) {
        case CONTENT_TYPE -> spoilContentType();
        case METHOD -> spoilMethod();
        case NEGOTIATION -> spoilNegotiation();
        case PATH -> spoilPath();
        case QUERY -> spoilQuery();
        case JSON -> spoilJson();
        case AUTHORIZATION -> spoilAuthorization();
        case HEADER -> spoilHeader();
        case LENGTH -> spoilLength();
        case CHUNKS -> spoilChunks();
        case MULTIPART -> spoilMultipart();
        case REQUEST_LINE -> spoilRequestLine();
        case BYTES -> spoilBytes();
      }
    }

    private void spoilContentType() {
      headers.removeIf(header -> header.startsWith("Content-Type:"));
      String type =
          pick(
              "",
              ";;;",
              "/",
              "*/*",
              "application",
              "application/",
              "application/json;",
              "application/json; charset=" + junk(),
              "application/json; charset=utf-16",
              "application/json; =",
              "application/json, text/plain",
              "application/x-" + number,
              "text/plain; a=" + number,
              "multipart/form-data",
              "multipart/form-data; boundary=",
              "multipart/form-data; boundary=" + "b".repeat(300),
              "application/x-www-form-urlencoded",
              "application/json\u0000",
              junk());
      headers.add("Content-Type: " + type);
      if (random.nextInt(8) == 0) {
        headers.add("Content-Type: application/json");
      }
    }

    private void spoilMethod() {
      method =
          pick(
              "PUT",
              "PATCH",
              "DELETE",
              "GET",
              "POST",
              "OPTIONS",
              "TRACE",
              "QUERY",
              "BREW",
              "get",
              "Post",
              "M" + number,
              "X".repeat(random.nextInt(1, 200)));
    }

    private void spoilNegotiation() {
      headers.add(
          pick("Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset")
              + ": "
              + pick(
                  "x-" + number,
                  "application/x-" + number,
                  "zh-" + number + ";q=" + number,
                  "*/*;q=-1",
                  ";;;,,;q",
                  "",
                  "a".repeat(2000),
                  "application/xml",
                  "en-" + "abcdefgh-".repeat(30),
                  junk()));
      if (random.nextBoolean()) {
        headers.add("Accept-Language: l" + number);
      }
    }

    private void spoilPath() {
      String path = target.split("\\?")[0];
      target =
          pick(
              path + "/" + number,
              path + "/",
              "/" + path,
              path + "//",
              path + "/../" + number,
              path + "/%2e%2e/%2e%2e/etc/passwd",
              path + "%00",
              path + "%0d%0aX:%20" + number,
              path + "%zz",
              path + "%",
              path + "%ff%fe",
              path + ";a=" + number,
              path + "\\" + number,
              path + "#" + number,
              path + "|" + number,
              path + "\u00e9" + number,
              "/" + number,
              "/v1/" + number + "/%F0%9F%98%80",
              "/avatars/" + number,
              "/wechat/push/" + number,
              "*",
              "v1/me",
              "http://other.example" + path,
              "http://[::1" + path,
              "localhost:1",
              path.toUpperCase(Locale.ROOT),
              "/" + "a/".repeat(random.nextInt(500)),
              "/" + "%2F".repeat(random.nextInt(500)));
    }

    private void spoilQuery() {
      String separator = target.contains("?") ? "&" : "?";
      target +=
          separator
              + pick(
                  "q" + number + "=" + number,
                  "%",
                  "%zz=%zz",
                  "a=%ff",
                  "a=%00",
                  "=",
                  "&&&&",
                  "a=b".repeat(200),
                  "a=" + "%41".repeat(300),
                  "a".repeat(3000),
                  "a&".repeat(1500),
                  "token=" + token,
                  "access_token=" + token,
                  "signature=" + value() + "&timestamp=1e9&nonce=" + number,
                  "echostr=" + value() + "&timestamp=" + "9".repeat(30),
                  "a=\u00e9",
                  "a[]=1&a[b]=2",
                  "a=" + token.substring(0, 20));
    }

    private void spoilJson() {
      method = pick("POST", "PATCH", route.method);
      headers.removeIf(header -> header.startsWith("Content-Type:"));
      headers.add(
          "Content-Type: "
              + pick("application/json", "application/json", "application/merge-patch+json"));
      String good = json();
      String field = route.fields.isEmpty() ? "a" : pick(route.fields.toArray(String[]::new));
      body =
          switch (random.nextInt(12)) {
            case 0 -> good.substring(0, random.nextInt(good.length() + 1)).getBytes(UTF_8);
            case 1 -> nested();
            case 2 -> ("{\"" + field + "\":" + number() + "}").getBytes(UTF_8);
            case 3 -> ("{\"" + field + "\":\"" + text() + "\"}").getBytes(UTF_8);
            case 4 -> concat(("{\"" + field + "\":\"a").getBytes(UTF_8), noUtf8(), "\"}");
            case 5 -> good.replaceAll("\"[^\"]*\"(?=[,}])", anything()).getBytes(UTF_8);
            case 6 -> anything().getBytes(UTF_8);
            case 7 -> ("\ufeff" + good).getBytes(UTF_8);
            case 8 -> good.getBytes(random.nextBoolean() ? UTF_16 : UTF_16LE);
            case 9 -> flipped(good.getBytes(UTF_8));
            case 10 -> (good + pick("}", "]", ",", good, "//a", "\u0000", "x")).getBytes(UTF_8);
            default -> many(field).getBytes(UTF_8);
          };
    }

    private byte[] nested() {
      int depth = random.nextInt(1, 8000);
      String text =
          pick("[".repeat(depth), "{\"a\":".repeat(depth), "[".repeat(depth) + "]".repeat(depth));
      return ("{\"client\":" + text + "}").getBytes(UTF_8);
    }

    private String number() {
      return pick(
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "9".repeat(random.nextInt(1, 3000)),
          "-",
          "01",
          "0x10",
          "NaN",
          "Infinity",
          "1.",
          ".1",
          "1e",
          "-0",
          "2147483648",
          "-9223372036854775809",
          "1." + "0".repeat(random.nextInt(1, 3000)) + "1");
    }

    private String text() {
      return pick(
          "\\ud800",
          "\\udfff\\ud800",
          "\\u00",
          "\\x41",
          "\\",
          "\t",
          "\n",
          "\u0001",
          "\\u0000",
          "\u007f",
          "\u2028\u202e",
          "' OR 1=1 --",
          "${jndi:ldap://a}",
          "../../etc/passwd",
          "<script>",
          "\ud83d\ude00".repeat(200),
          "a".repeat(random.nextInt(1, 20_000)));
    }

    private String anything() {
      return pick(
          "null",
          "true",
          "1",
          "[]",
          "{}",
          "\"\"",
          "[[]]",
          "{\"a\":{}}",
          "\"a\"",
          "",
          " ",
          "nul",
          "[null]",
          number().replace("\\", ""));
    }

    private String many(String field) {
      StringBuilder all = new StringBuilder("{");
      for (int i = random.nextInt(1, 2000); i > 0; i--) {
        all.append('"').append(field).append(random.nextBoolean() ? "" : "" + i).append("\":1,");
      }
      return all.append("\"z\":1}").toString();
    }

    private void spoilAuthorization() {
      if (random.nextBoolean()) {
        headers.removeIf(header -> header.startsWith("Authorization:"));
      }
      String other = SessionToken.mint(RANDOM).reveal();
      headers.add(
          "Authorization: "
              + pick(
                  "Bearer " + other,
                  "Bearer " + token + "x",
                  "Bearer " + token.substring(1),
                  "Bearer " + token + " " + other,
                  "Bearer " + token + "," + other,
                  "Bearer",
                  "Bearer ",
                  "",
                  "Basic dTpw",
                  "Digest a=" + number,
                  "bearer\t" + token,
                  "Token " + token,
                  token,
                  "Bearer \u00e9",
                  "Bearer mls1_" + "0".repeat(49),
                  "Bearer " + "a".repeat(5000),
                  "Bearer " + number,
                  junk()));
    }

    private void spoilHeader() {
      headers.add(
          pick(
              "X-" + number + ": " + number,
              "X: " + "a".repeat(random.nextInt(1, 12_000)),
              "Bad Name: a",
              ": a",
              "No colon",
              "N\u0000: a",
              "N: a\u0000b",
              "N: a\rb",
              " folded: a",
              "N: a\r\n  folded",
              "Host: " + number,
              "Host:",
              "Origin: https://" + number + ".example",
              "Origin: null",
              "Cookie: a=" + number + "; " + junk(),
              "Range: bytes=" + number + "-",
              "If-None-Match: \"" + number + "\"",
              "If-Modified-Since: " + junk(),
              "Upgrade: h2c",
              "Upgrade: websocket",
              "Connection: Upgrade, HTTP2-Settings",
              "Expect: " + number,
              "Content-Encoding: " + pick("gzip", "deflate", "br", "snappy", "zstd", "x" + number),
              "Forwarded: for=" + junk(),
              "X-Forwarded-For: " + pick("::", "999.1.1.1", "a, b, c", "" + number, junk()),
              "X-Forwarded-Host: " + number,
              "X-HTTP-Method-Override: DELETE",
              "Idempotency-Key: " + pick("", "a b", "\u00e9", "k".repeat(129), "k" + number),
              "traceparent: " + pick("00-" + "0".repeat(32) + "-" + number, junk()),
              "X-Request-Id: " + junk(),
              "Access-Control-Request-Method: " + number,
              "TE: trailers, " + number,
              "Trailer: Content-Length",
              "Keep-Alive: timeout=" + number));
      if (random.nextInt(10) == 0) {
        headers.removeIf(header -> header.startsWith("Host:"));
      }
      keepsConnection = false;
    }

    private void spoilLength() {
      hasLength = false;
      keepsConnection = false;
      String length =
          pick(
              "-1",
              "+" + body.length,
              "0x2",
              "",
              "a",
              "1e3",
              "" + Long.MAX_VALUE,
              "99999999999999999999",
              body.length + "," + (body.length + 1),
              body.length + "\r\nContent-Length: " + (body.length + 1),
              body.length + "\r\nTransfer-Encoding: chunked",
              "" + body.length / 2,
              "" + (body.length + 1 + random.nextInt(100)),
              "3000000");
      headers.add("Content-Length: " + length);
      // What follows half a body is another request, and of one and a half the rest never comes.
      isAnswered = false;
    }

    private void spoilChunks() {
      hasLength = false;
      keepsConnection = false;
      headers.add(
          "Transfer-Encoding: "
              + pick("chunked", "chunked", "chunked", "gzip, chunked", "chunked, chunked", "x"));
      String size = Integer.toHexString(body.length);
      String text = new String(body, ISO_8859_1);
      body =
          pick(
                  size + "\r\n" + text + "\r\n0\r\n\r\n",
                  size + ";ext=" + number + "\r\n" + text + "\r\n0\r\n\r\n",
                  size + "\r\n" + text + "\r\n0\r\nTrailer: " + number + "\r\n\r\n",
                  size + "\n" + text + "\n0\n\n",
                  "zz\r\n" + text + "\r\n0\r\n\r\n",
                  "-1\r\n" + text + "\r\n0\r\n\r\n",
                  "ffffffffffffffff\r\n" + text + "\r\n",
                  "0" + size + "\r\n" + text + "\r\n",
                  size + "\r\n" + text + "0\r\n\r\n",
                  "0\r\n\r\n",
                  "",
                  "1\r\na\r\n".repeat(random.nextInt(1, 1000)) + "0\r\n\r\n",
                  size + ";" + "e".repeat(9000) + "\r\n" + text + "\r\n0\r\n\r\n")
              .getBytes(ISO_8859_1);
      isAnswered = false;
    }

    private void spoilMultipart() {
      method = "POST";
      target = "/v1/me/avatar";
      headers.removeIf(header -> header.startsWith("Content-Type:"));
      headers.add("Content-Type: multipart/form-data; boundary=" + BOUNDARY);
      String disposition = "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n";
      String picture = "\u0089PNG\r\n\u001a\n" + junk();
      body =
          pick(
                  "",
                  "--" + BOUNDARY,
                  "--" + BOUNDARY + "--\r\n",
                  part("", picture),
                  part(disposition, picture),
                  part(disposition, "").repeat(random.nextInt(1, 100)),
                  part(disposition, picture).replace("--" + BOUNDARY + "--", ""),
                  part(disposition.replace("file", "other" + number), picture),
                  part("Content-Disposition: form-data; name=\"file\"\r\n", picture),
                  part("Content-Disposition: " + junk() + "\r\n", picture),
                  part(disposition.replace("a.png", "../../" + number), picture),
                  part(disposition.replace("a.png", "\u0000\u00e9\""), picture),
                  part(disposition + "Content-Type: ;;;\r\n", picture),
                  part(disposition + "Content-Type: image/x-" + number + "\r\n", picture),
                  part(disposition + "Content-Type: a/b; charset=" + number + "\r\n", picture),
                  part(disposition + "Content-Length: -1\r\n", picture),
                  part(disposition + "Content-Transfer-Encoding: x" + number + "\r\n", picture),
                  part(disposition + "X: " + "a".repeat(9000) + "\r\n", picture),
                  part(disposition + ("X: a\r\n").repeat(500), picture),
                  part("Content-Disposition: attachment; filename=\"a\"\r\n", picture),
                  "preamble " + junk() + "\r\n" + part(disposition, picture),
                  part(disposition, "a".repeat(60_000)),
                  part(
                      "Content-Disposition: form-data; name=\"file\"\r\n"
                          + "Content-Type: multipart/mixed; boundary=inner\r\n",
                      "--inner\r\nContent-Disposition: file; filename=\"a\"\r\n\r\nx\r\n--inner--"))
              .getBytes(ISO_8859_1);
    }

    private static String part(String partHeaders, String content) {
      return "--"
          + BOUNDARY
          + "\r\n"
          + partHeaders
          + "\r\n"
          + content
          + "\r\n--"
          + BOUNDARY
          + "--\r\n";
    }

    private void spoilRequestLine() {
      version =
          pick(
              "HTTP/1.0",
              "HTTP/0.9",
              "HTTP/9.9",
              "HTTP/1.",
              "HTTP/1.1.1",
              "http/1.1",
              "FTP/1.1",
              "HTTP/2.0",
              "",
              "HTTP/1.1 x",
              "HTTP/" + number,
              "HTTP/1.1\t",
              "\u0000");
      keepsConnection = false;
    }

    private void spoilBytes() {
      keepsConnection = false;
      byte[] request = bytes();
      instead =
          switch (random.nextInt(4)) {
            case 0 -> flipped(request);
            case 1 -> concat(new byte[0], randomBytes(random.nextInt(1, 300)), "\r\n\r\n");
            case 2 ->
                concat(
                    new byte[0],
                    randomBytes(random.nextInt(1, 20)),
                    MalformedRequests.text(request));
            default -> concat(junk().getBytes(UTF_8), randomBytes(3), "\r\n\r\n");
          };
      // A changed byte may make the body longer than it is.
      isAnswered = false;
    }

    Request request(String kind) {
      return new Request(
          kind,
          instead == null ? bytes() : instead,
          isAnswered,
          keepsConnection && !method.equals("HEAD"));
    }

    private byte[] bytes() {
      if (method.equalsIgnoreCase("DELETE")
          || ENDS_THE_SESSION.stream().anyMatch(target.toLowerCase(Locale.ROOT)::contains)) {
        headers.removeIf(header -> header.contains(token));
      }
      StringBuilder head = new StringBuilder(method).append(' ').append(target);
      head.append(' ').append(version).append("\r\n");
      headers.forEach(header -> head.append(header).append("\r\n"));
      if (hasLength && body.length > 0) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      if (!keepsConnection) {
        head.append("Connection: close\r\n");
      }
      return concat(head.append("\r\n").toString().getBytes(ISO_8859_1), body, "");
    }

    /** A document that is right, or nearly. */
    private String json() {
      return route.fields.stream()
          .map(field -> "\"" + field + "\":\"" + (field.equals("appId") ? appId : value()) + "\"")
          .collect(Collectors.joining(",", "{", "}"));
    }

    private String value() {
      return "v" + Long.toString(random.nextLong(Long.MAX_VALUE), 36);
    }

    /** Printable nonsense without line breaks. */
    private String junk() {
      return random
          .ints(random.nextInt(1, 60), ' ', '\u007f')
          .mapToObj(Character::toString)
          .collect(Collectors.joining());
    }

    private byte[] noUtf8() {
      return switch (random.nextInt(4)) {
        case 0 -> new byte[] {(byte) 0xff};
        case 1 -> new byte[] {(byte) 0xc0, (byte) 0xaf};
        case 2 -> new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
        default -> new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80};
      };
    }

    private byte[] flipped(byte[] bytes) {
      byte[] changed = bytes.clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      return changed;
    }

    private byte[] randomBytes(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    private String pick(String... texts) {
      return texts[random.nextInt(texts.length)];
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] concat(byte[] first, byte[] second, String third) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    all.writeBytes(second);
    all.writeBytes(third.getBytes(ISO_8859_1));
    return all.toByteArray();
  }
}
