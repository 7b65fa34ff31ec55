package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/wechat-errors.md says of every errcode what the code says. With {@code
 * -Dminilogin.docs.write=true} the file is written anew.
 */
class WeChatErrorsDocTest {
  private static final Path FILE = Path.of("..", "docs", "wechat-errors.md");

  private static final String HEAD =
      """
      # WeChat's errcodes

      Generated from `WeChatError`; to renew it: `mvn verify -pl bootstrap -am -Dminilogin.docs.write=true`.

      What each errcode of the APIs that this server calls means for a client (problem, status, action: see \
      [problems.md](problems.md)) and for you. "Again" says whether the server repeats the call at once: \
      `once` where calling twice does no more than calling once, `once, with another token` everywhere, and a code that \
      was sent is never sent again. The API names are those of WeChat's docs. Where a problem stands in brackets no client \
      asks: a worker does, and tries again later, or the access_token is renewed.

      | errcode | APIs | problem | status | action | again | what to do |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  private static final String OTHERS =
      """

      ## Errcodes of other APIs
      WeChat documents these for APIs or ways to call that this server doesn't use. Should one come all the same, a client is \
      told `wechat-invalid-answer`, and the log has the errcode and the `rid`. The simulator can give them, too.

      | errcode | WeChat's text |
      | --- | --- |
      """;

  @Test
  void the_docs_are_what_the_code_says() throws IOException {
    String expected = HEAD + known() + OTHERS + others();
    if (Boolean.getBoolean("minilogin.docs.write")) {
      Files.writeString(FILE, expected);
    }

    assertThat(FILE).content().isEqualTo(expected);
  }

  @Test
  void every_errcode_can_be_had_from_the_simulator() {
    assertThat(WeChatError.values())
        .allSatisfy(
            error ->
                assertThat(
                        dev.minilogin.simulator.platform.WeChatError.of(
                            Math.toIntExact(error.errcode())))
                    .as("%s", error)
                    .isPresent());
  }

  private static String known() {
    return Arrays.stream(WeChatError.values())
        .sorted(Comparator.comparingLong(WeChatError::errcode))
        .map(WeChatErrorsDocTest::row)
        .collect(Collectors.joining());
  }

  private static String others() {
    Set<Long> known =
        Arrays.stream(WeChatError.values()).map(WeChatError::errcode).collect(Collectors.toSet());
    return Arrays.stream(dev.minilogin.simulator.platform.WeChatError.values())
        .filter(error -> !known.contains((long) error.errcode()))
        .sorted(Comparator.comparingInt(dev.minilogin.simulator.platform.WeChatError::errcode))
        .map(error -> "| %d | %s |\n".formatted(error.errcode(), cell(error.message())))
        .collect(Collectors.joining());
  }

  private static String row(WeChatError error) {
    return "| %d | %s | %s | %s | %s |\n"
        .formatted(
            error.errcode(), apis(error), problem(error), again(error), cell(error.advice()));
  }

  private static String apis(WeChatError error) {
    if (error.apis().size() == WeChatApi.values().length) {
      return "all";
    }
    return error.apis().stream().map(WeChatApi::title).collect(Collectors.joining(", "));
  }

  private static String problem(WeChatError error) {
    if (error.failure().isEmpty()) {
      return "none: it is an answer | | ";
    }
    ProblemCode code = WeChatProblems.codeOf(error.failure().get());
    return "%s | %d | `%s`"
        .formatted(
            isAskedByClients(error) ? "`" + code.text() + "`" : "(`" + code.text() + "`)",
            code.status(),
            code.action().text());
  }

  private static boolean isAskedByClients(WeChatError error) {
    return !Set.of(
            WeChatApi.STABLE_TOKEN,
            WeChatApi.MSG_SEC_CHECK,
            WeChatApi.MEDIA_CHECK_ASYNC,
            WeChatApi.GET_USER_RISK_RANK)
        .containsAll(error.apis());
  }

  private static String again(WeChatError error) {
    if (error.isAboutToken()) {
      return "once, with another token";
    }
    return error.retried() ? "once" : "no";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
