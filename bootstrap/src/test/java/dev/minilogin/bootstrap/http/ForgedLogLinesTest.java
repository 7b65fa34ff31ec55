package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients and WeChat send can't forge a line of the log, nor colour or turn it, at DEBUG. */
@ExtendWith(Studio.Given.class)
class ForgedLogLinesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int VALUES = 1000;

  private static final String FORGED = "2001-01-01T00:00:00.000Z INFO  - d.m.Forged - all is well";

  private static final List<String> BREAKS =
      List.of(
          "\n",
          "\r",
          "\r\n",
          "\u0085",
          "\u2028",
          "\u2029",
          "\u000b",
          "\f",
          "\u0000",
          "\b\b\b",
          "\u001b[2K\u001b[1G",
          "\u001b[31m",
          "\u009b31m",
          "\u202e",
          "\u2066",
          "\u200f",
          "\\n",
          "%0a");

  private final Studio studio;
  private final String token;

  ForgedLogLinesTest(Studio studio) {
    this.studio = studio;
    this.token = studio.newLogin(Studio.APP);
  }

  @Test
  void a_thousand_values_in_a_dozen_places_forge_none() {
    List<Consumer<String>> places =
        List.of(
            this::inThePath,
            this::inTheQuery,
            this::inAHeader,
            this::inTheToken,
            this::inTheTrace,
            this::inTheLogin,
            this::inTheClientsDescription,
            this::inTheProfile,
            this::inAFieldsName,
            this::inBrokenJson,
            this::inThePushsSignature,
            this::inThePush);
    long before = count(line -> true);

    for (int i = 0; i < VALUES; i++) {
      String turn = BREAKS.get(i / places.size() % BREAKS.size());
      places.get(i % places.size()).accept("v" + i + turn + FORGED + turn);
    }

    assertThat(count(line -> true)).as("lines at DEBUG").isGreaterThan(before + VALUES);
    assertThat(count(line -> line.strip().startsWith("2001-01-01T"))).isZero();
    assertThat(count(line -> line.codePoints().anyMatch(ForgedLogLinesTest::steers))).isZero();
  }

  private static long count(Predicate<String> such) {
    try (Stream<String> log = LogOfEverything.lines()) {
      return log.filter(such).count();
    }
  }

  private static boolean steers(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint != '\t';
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  /** Not by the client that compares answers with the API's description: it can't read the path. */
  private void inThePath(String value) {
    for (String start : List.of("/v1/sessions/", "/avatars/", "/wechat/push/", "/")) {
      try {
        HTTP.send(
            studio.client.to(start + encoded(value)).GET().build(),
            HttpResponse.BodyHandlers.discarding());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private void inTheQuery(String value) {
    studio.client.send(
        studio.client.as(token, "/v1/me?" + encoded(value) + "=" + encoded(value)).GET());
  }

  /** What a header can hold at all: no line feed, and bytes. */
  private void raw(String name, String value) {
    studio
        .server
        .rawClient()
        .send(
            ("GET /v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + (name + ": " + value.replace("\n", "\r") + "\r\n\r\n"))
                .getBytes(UTF_8));
  }

  private void inAHeader(String value) {
    raw("User-Agent", value);
    raw("X-Forwarded-For", value);
    raw("Content-Type", value);
    raw("Accept-Language", value);
  }

  private void inTheToken(String value) {
    raw("Authorization", "Bearer " + value);
  }

  private void inTheTrace(String value) {
    raw("traceparent", value);
  }

  private void inTheLogin(String value) {
    studio.client.postLogin(Client.json("appId", value, "code", value));
    studio.client.postLogin(Client.json("appId", Studio.APP, "code", value));
  }

  private void inTheClientsDescription(String value) {
    ObjectMapper json = new ObjectMapper();
    String client = json.createObjectNode().put("installId", value).put("model", value).toString();
    studio.client.postLogin(
        """
        {"appId": "%s", "code": "%s", "client": %s}\
        """
            .formatted(Studio.APP, studio.weChat.code(Studio.APP), client));
  }

  private void inTheProfile(String value) {
    studio.client.patchMe(token, Client.json("nickname", value));
    studio.client.patchMe(token, Client.json("city", value));
    studio.client.patchMe(token, Client.json("avatarUrl", "https://example.com/" + value));
  }

  private void inAFieldsName(String value) {
    studio.client.patchMe(token, Client.json(value, value));
  }

  private void inBrokenJson(String value) {
    studio.client.patchMe(token, "{\"nickname\": " + value + "}");
  }

  private void inThePushsSignature(String value) {
    String query = "signature=%1$s&timestamp=%1$s&nonce=%1$s&msg_signature=%1$s&echostr=%1$s";
    studio.client.get("/wechat/push/" + Studio.APP + "?" + query.formatted(encoded(value)));
    studio.deliver(
        Studio.APP, query.formatted(encoded(value)), "application/json", value.getBytes(UTF_8));
  }

  /** Signed, as whoever sees one push in plain mode can do it: the signature isn't the body's. */
  private void inThePush(String value) {
    PushEnvelope push =
        studio.simulator.envelope(Studio.PLAIN_JSON, PushEvent.userInfoModified(WeChat.somebody()));
    String body =
        Client.json("ToUserName", value, "FromUserName", value, "MsgType", "event", "Event", value);
    studio.client.send(
        studio
            .client
            .to("/wechat/push/" + Studio.PLAIN_JSON + "?" + push.query())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
    studio.handlePushes();
  }
}
