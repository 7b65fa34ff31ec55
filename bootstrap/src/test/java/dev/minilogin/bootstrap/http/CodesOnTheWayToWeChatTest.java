package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A code is any text that a client likes. WeChat is asked with exactly that text and nothing else
 * that comes from it, or not at all. {@code -Dminilogin.codes=10000} tries more of them.
 */
class CodesOnTheWayToWeChatTest {
  private static final int CODES = Integer.getInteger("minilogin.codes", 1_000);
  private static final String APP = "wx5555000011112222";
  private static final String APP_SECRET = Secrets.note("AppSecret-of-5555000011112222");
  private static final List<String> PIECES =
      List.of(
          "&appid=wx0",
          "&js_code=b",
          "&grant_type=x",
          "?",
          "#",
          "%00",
          "%26",
          "%0d%0a",
          "\r\n",
          "\u0000",
          " ",
          "+",
          "/../",
          "/",
          "\\",
          ";",
          "=",
          "&",
          "\"",
          "'",
          "<",
          "\u00e9",
          "\u767b",
          "\ud83d\ude00",
          "\uff10",
          "\u202e",
          "\u2028",
          "-",
          "_",
          "0",
          "a",
          "Z",
          "\t",
          "@",
          ":");

  private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();
  private static HttpServer weChat;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    weChat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    weChat.createContext("/", CodesOnTheWayToWeChatTest::refuse);
    weChat.start();
    URI uri = URI.create("http://localhost:" + weChat.getAddress().getPort());
    server = Server.start(uri, List.of(Server.App.of(APP, APP_SECRET).with("risk", "off")));
  }

  @AfterAll
  static void stop() {
    server.close();
    weChat.stop(0);
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    ASKED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] answer =
        "{\"errcode\":40029,\"errmsg\":\"invalid code\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void wechat_is_asked_with_the_very_code_or_not_at_all() {
    Client client = server.client();
    int asked = 0;
    for (int i = 0; i < CODES; i++) {
      String code = code(new SplittableRandom(i), i);
      ASKED.clear();

      Answer answer = client.logIn(APP, code).has(400);

      if (ASKED.isEmpty()) {
        assertThat(answer.isProblem(400, "invalid-request").fieldsInError())
            .containsExactly("code");
        assertThat(code).doesNotMatch("[A-Za-z0-9_-]{1,128}");
      } else {
        asked++;
        assertThat(ASKED).hasSize(1);
        assertThat(parameters(ASKED.element()))
            .containsExactlyInAnyOrder(
                List.of("appid", APP),
                List.of("secret", APP_SECRET),
                List.of("js_code", code),
                List.of("grant_type", "authorization_code"));
      }
    }
    assertThat(asked).as("codes that WeChat was asked about").isBetween(CODES / 10, CODES * 9 / 10);
  }

  private static List<List<String>> parameters(String asked) {
    assertThat(asked).startsWith("GET /sns/jscode2session?");
    return Arrays.stream(asked.split("[?]", 2)[1].split("&"))
        .map(parameter -> parameter.split("=", 2))
        .map(
            pair ->
                List.of(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair[1], StandardCharsets.UTF_8)))
        .toList();
  }

  /** Of a third of them WeChat could be the author; each begins with what no other one has. */
  private static String code(SplittableRandom random, int number) {
    String begin = "c" + number + "_";
    return switch (random.nextInt(6)) {
      case 0, 1 -> begin + text(random, "abcXYZ0189_-", random.nextInt(0, 120));
      case 2 ->
          begin
              + random
                  .ints(random.nextInt(1, 8), 0, PIECES.size())
                  .mapToObj(PIECES::get)
                  .collect(Collectors.joining());
      case 3 -> begin + text(random, "a-_0", random.nextInt(100, 60_000));
      case 4 -> PIECES.get(random.nextInt(PIECES.size())) + begin;
      default ->
          begin
              + random
                  .ints(random.nextInt(1, 20), 0, 0x3000)
                  .mapToObj(Character::toString)
                  .collect(Collectors.joining());
    };
  }

  private static String text(SplittableRandom random, String alphabet, int length) {
    return random
        .ints(length, 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .collect(Collectors.joining());
  }
}
