package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.OpenData;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every errcode of every API that the server calls, from the simulated WeChat to what the client is
 * told. What only helps (reviews, risk ranks) fails no request.
 */
class EveryWeChatErrorTest {
  private static final String APP = "wxaaaa010101010101";

  private static final String REVIEWING_APP = "wxbbbb010101010101";
  private static final String WARY_APP = "wxcccc010101010101";

  /** Never gets an access token. */
  private static final String POOR_APP = "wxdddd010101010101";

  private static final String SECRET = "AppSecret-of-every-error-0123456789";

  private static final List<String> APPS = List.of(APP, REVIEWING_APP, WARY_APP, POOR_APP);

  /**
   * Longer than the server waits before it makes WeChat give another token again, or asks again
   * after a refusal.
   */
  private static final Duration UNTIL_A_TOKEN_MAY_BE_FORCED = Duration.ofMinutes(76);

  /**
   * errcode | problem | retryAfter | APIs: their titles, or {@code all}, {@code with-token} (those
   * that need an access token), {@code posts}; {@code -x} leaves x out.
   */
  private static final String TABLE =
      """
      -1      | wechat-busy           | 1    | all
      1       | open-data-refused     |      | checkEncryptedData
      1000    | wechat-busy           | 1    | getPluginOpenPId
      1001    | code-invalid          |      | getPluginOpenPId
      1003    | wechat-rate-limited   | 60   | getPluginOpenPId
      1005    | code-invalid          |      | getPluginOpenPId
      1007    | code-invalid          |      | getPluginOpenPId
      1022    | wechat-misconfigured  |      | getPluginOpenPId
      40001   | wechat-busy           | 1    | with-token
      40001   | wechat-misconfigured  |      | getStableAccessToken
      40002   | wechat-misconfigured  |      | code2Session getStableAccessToken
      40003   | wechat-misconfigured  |      | with-token -getPhoneNumber
      40003   | code-invalid          |      | getPhoneNumber
      40004   | wechat-misconfigured  |      | mediaCheckAsync
      40013   | wechat-misconfigured  |      | all -getPhoneNumber
      40013   | code-invalid          |      | getPhoneNumber
      40014   | wechat-busy           | 1    | with-token
      40016   | wechat-misconfigured  |      | getPluginOpenPId
      40029   | code-invalid          |      | code2Session getPhoneNumber getPluginOpenPId
      40066   | wechat-misconfigured  |      | all
      40090   | wechat-misconfigured  |      | with-token
      40097   | wechat-misconfigured  |      | checkSessionKey resetUserSessionKey getUserEncryptKey checkEncryptedData
      40125   | wechat-misconfigured  |      | code2Session getStableAccessToken
      40129   | wechat-misconfigured  |      | msgSecCheck mediaCheckAsync getUserRiskRank
      40163   | code-used             |      | code2Session
      40164   | wechat-misconfigured  |      | code2Session getStableAccessToken
      40226   | user-blocked          |      | code2Session
      40243   | wechat-misconfigured  |      | code2Session getStableAccessToken
      41001   | wechat-misconfigured  |      | with-token
      41002   | wechat-misconfigured  |      | code2Session getStableAccessToken
      41004   | wechat-misconfigured  |      | code2Session getStableAccessToken
      41008   | code-invalid          |      | code2Session
      42001   | wechat-busy           | 1    | with-token
      43002   | wechat-misconfigured  |      | posts
      43104   | wechat-misconfigured  |      | msgSecCheck mediaCheckAsync getUserRiskRank
      44002   | wechat-misconfigured  |      | posts
      44991   | wechat-rate-limited   | 60   | msgSecCheck mediaCheckAsync
      45009   | wechat-rate-limited   | 3600 | all -getStableAccessToken
      45009   | wechat-rate-limited   | 600  | getStableAccessToken
      45011   | wechat-rate-limited   | 60   | all
      47001   | wechat-misconfigured  |      | posts
      48001   | wechat-misconfigured  |      | all
      50002   | wechat-misconfigured  |      | all
      50004   | wechat-misconfigured  |      | getStableAccessToken
      50007   | wechat-misconfigured  |      | all
      61004   | wechat-misconfigured  |      | getStableAccessToken
      61007   | wechat-misconfigured  |      | getUserRiskRank
      61010   | wechat-busy           |      | msgSecCheck mediaCheckAsync getUserRiskRank
      61024   | wechat-misconfigured  |      | getStableAccessToken
      61080   | wechat-misconfigured  |      | getUserRiskRank
      61081   | wechat-misconfigured  |      | getUserRiskRank
      87007   | invalid               |      | checkSessionKey
      87007   | session-key-stale     |      | resetUserSessionKey getUserEncryptKey
      87008   | wechat-misconfigured  |      | checkSessionKey resetUserSessionKey getUserEncryptKey
      87009   | invalid               |      | checkSessionKey
      87009   | session-key-stale     |      | resetUserSessionKey getUserEncryptKey
      87014   | refused               |      | msgSecCheck
      87020   | wechat-rate-limited   | 60   | mediaCheckAsync
      89503   | wechat-misconfigured  |      | getStableAccessToken
      89506   | wechat-misconfigured  |      | getStableAccessToken
      89507   | wechat-misconfigured  |      | getStableAccessToken
      9410009 | wechat-misconfigured  |      | getUserRiskRank
      99999   | wechat-invalid-answer |      | all -getStableAccessToken
      99999   | wechat-unavailable    | 60   | getStableAccessToken
      """;

  private static final MutableClock CLOCK = new MutableClock(Instant.now());
  private static WeChatSimulator simulator;
  private static WeChat weChat;
  private static Server server;
  private static Client client;
  private static byte[] picture;

  private final String person = WeChat.somebody();

  /** What a client is told when an API answers with an errcode. */
  record Row(long errcode, WeChatApi api, String problem, Optional<Integer> retryAfter) {
    @Override
    public String toString() {
      return errcode + " of " + api.title() + " is " + problem;
    }
  }

  @BeforeAll
  static void start() {
    simulator =
        WeChatSimulator.start(
            Options.defaults()
                .withClock(CLOCK)
                .withApp(App.of(APP, SECRET))
                .withApp(App.of(REVIEWING_APP, SECRET))
                .withApp(App.of(WARY_APP, SECRET))
                .withApp(App.of(POOR_APP, SECRET)));
    weChat = new WeChat(simulator);
    Server.App here = Server.App.of(APP, SECRET).with("risk", "off");
    server =
        Server.of(
                simulator.uri(),
                List.of(
                    here.with("content-check", "false"),
                    Server.App.of(REVIEWING_APP, SECRET).with("risk", "off"),
                    Server.App.of(WARY_APP, SECRET).with("risk", "refuse"),
                    Server.App.of(POOR_APP, SECRET).with("risk", "off")))
            .on(TestDatabase.get().freshSchema())
            .at(CLOCK)
            .start();
    client = server.client();
    picture = picture();
  }

  @AfterAll
  static void stop() {
    try (WeChatSimulator last = simulator) {
      server.close();
    }
  }

  @AfterEach
  void forgetFaultsAndTokens() {
    simulator.clearFaults();
    APPS.forEach(simulator::killStableToken);
    CLOCK.advance(UNTIL_A_TOKEN_MAY_BE_FORCED);
  }

  private static Answer logIn(String appId, String who) {
    return client.logIn(appId, weChat.code(appId, who)).has(201);
  }

  static List<Row> rows() {
    return TABLE.lines().flatMap(EveryWeChatErrorTest::rows).toList();
  }

  private static Stream<Row> rows(String line) {
    String[] cells = line.split("\\|");
    Optional<Integer> retryAfter =
        Optional.of(cells[2].strip()).filter(text -> !text.isEmpty()).map(Integer::valueOf);
    return apis(cells[3].strip().split(" ")).stream()
        .map(api -> new Row(Long.parseLong(cells[0].strip()), api, cells[1].strip(), retryAfter));
  }

  private static Set<WeChatApi> apis(String[] words) {
    Set<WeChatApi> apis = EnumSet.noneOf(WeChatApi.class);
    for (String word : words) {
      if (word.startsWith("-")) {
        apis.remove(api(word.substring(1)));
      } else {
        Arrays.stream(WeChatApi.values())
            .filter(
                api ->
                    switch (word) {
                      case "all" -> true;
                      case "with-token" -> api.needsToken();
                      case "posts" -> api.method() == WeChatApi.Method.POST;
                      default -> api == api(word);
                    })
            .forEach(apis::add);
      }
    }
    return apis;
  }

  private static WeChatApi api(String title) {
    return Arrays.stream(WeChatApi.values())
        .filter(api -> api.title().equals(title))
        .findAny()
        .orElseThrow();
  }

  @Test
  void the_table_has_what_the_server_knows_and_nothing_twice() {
    List<String> tested = rows().stream().map(row -> row.errcode() + " " + row.api()).toList();
    Set<String> known =
        Arrays.stream(WeChatError.values())
            .flatMap(error -> error.apis().stream().map(api -> error.errcode() + " " + api))
            .collect(Collectors.toSet());

    assertThat(tested).doesNotHaveDuplicates();
    assertThat(tested).filteredOn(row -> !row.startsWith("99999 ")).hasSameElementsAs(known);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void an_errcode_is_a_problem(Row row) {
    String appId =
        switch (row.api()) {
          case MSG_SEC_CHECK, MEDIA_CHECK_ASYNC -> REVIEWING_APP;
          case GET_USER_RISK_RANK -> WARY_APP;
          case STABLE_TOKEN -> POOR_APP;
          default -> APP;
        };
    String token = logIn(appId, person).token();
    simulator.addFault(
        Fault.on(Api.ofPath(row.api().path()).orElseThrow())
            .errcode(Math.toIntExact(row.errcode()))
            .always());

    switch (row.api()) {
      case CODE2SESSION -> isTold(row, client.logIn(APP, weChat.code(APP)));
      case STABLE_TOKEN -> isTold(row, client.checkSessionKey(token));
      case CHECK_SESSION_KEY -> {
        if (row.problem().equals("invalid")) {
          assertThat(client.checkSessionKey(token).has(200).text()).isEqualTo("{\"valid\":false}");
        } else {
          isTold(row, client.checkSessionKey(token));
        }
      }
      case RESET_USER_SESSION_KEY -> isTold(row, client.resetSessionKey(token));
      case GET_PHONE_NUMBER -> isTold(row, client.bindPhone(token, weChat.phoneCode(APP, person)));
      case CHECK_ENCRYPTED_DATA -> isTold(row, client.post(token, "/v1/me/phone", phoneData()));
      case GET_PLUGIN_OPENPID ->
          isTold(
              row,
              client.post(
                  token, "/v1/me/plugin", Client.json("code", weChat.pluginCode(APP, person))));
      case GET_USER_ENCRYPT_KEY ->
          isTold(row, client.post(token, "/v1/me/encrypted", encryptedMessage()));
      case MSG_SEC_CHECK ->
          isReviewed(
              "nickname",
              row.problem().equals("refused") ? "refused" : "in-review",
              client.patchMe(token, Client.json("nickname", "Ann")));
      case MEDIA_CHECK_ASYNC ->
          isReviewed(
              "avatarUrl",
              "in-review",
              client.upload(token, "/v1/me/avatar", "a.png", "image/png", picture));
      case GET_USER_RISK_RANK -> {
        long asked = simulator.calls(Api.GETUSERRISKRANK);
        logIn(appId, person);
        assertThat(simulator.calls(Api.GETUSERRISKRANK)).isGreaterThan(asked);
      }
    }
  }

  private static void isTold(Row row, Answer answer) {
    assertThat(answer.text("code")).as("%s", answer).isEqualTo(row.problem());
    JsonNode retryAfter = answer.json().get("retryAfter");
    assertThat(Optional.ofNullable(retryAfter).map(JsonNode::asInt)).isEqualTo(row.retryAfter());
  }

  private static void isReviewed(String field, String state, Answer answer) {
    assertThat(answer.has(200).json().get("reviews"))
        .filteredOn(review -> review.get("field").asText().equals(field))
        .singleElement()
        .satisfies(review -> assertThat(review.get("state").asText()).isEqualTo(state));
  }

  private String phoneData() {
    weChat.phone(person);
    OpenData data = simulator.phoneData(APP, person);
    return Client.json("encryptedData", data.encryptedData(), "iv", data.iv());
  }

  private String encryptedMessage() {
    return Client.json("version", 1, "data", simulator.phoneData(APP, person).encryptedData());
  }

  private static byte[] picture() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
