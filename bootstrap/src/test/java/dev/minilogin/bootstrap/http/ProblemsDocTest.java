package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.web.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/problems.md says of every problem what the code says. With {@code
 * -Dminilogin.docs.write=true} the file is written anew.
 */
class ProblemsDocTest {
  private static final Path FILE = Path.of("..", "docs", "problems.md");

  private static final String HEAD =
      """
      # Problems

      Generated from `ProblemCode`; to renew it: `mvn verify -pl bootstrap -am -Dminilogin.docs.write=true`.

      Every answer with a status from 400 is a problem document (RFC 9457, `application/problem+json`): `type`, `title`, \
      `status`, `code`, `detail`, `action`, `traceId`, and where they apply `retryAfter` (seconds, also as the header \
      `Retry-After`), `reason` (why a session has ended) and `errors` (`field` and `message` of each).

      A client acts on `action` alone:

      | action | What to do |
      | --- | --- |
      | `log-in` | `wx.login`, log in with the new code, repeat the request once |
      | `new-code` | get a new code where this one came from (`wx.login`, then log in with it; or the phone-number button) and send that; the old one is used up |
      | `wait` | try again after `retryAfter` seconds, if the user still wants it |
      | `confirm` | ask the user; the problem's meaning says what to send if they agree |
      | `fix-request` | nothing at run time: the client has a defect |
      | `blocked` | tell the user that WeChat blocks the login; don't try again |
      | `contact-operator` | tell the user that the operator must act |

      `code` says what happened, and keeps its meaning:

      | code | status | action | title | meaning |
      | --- | --- | --- | --- | --- |
      """;

  @Test
  void the_docs_are_what_the_code_says() throws IOException {
    String expected =
        HEAD
            + Arrays.stream(ProblemCode.values())
                .map(ProblemsDocTest::row)
                .collect(Collectors.joining());
    if (Boolean.getBoolean("minilogin.docs.write")) {
      Files.writeString(FILE, expected);
    }

    assertThat(FILE).content().isEqualTo(expected);
  }

  private static String row(ProblemCode code) {
    return "| `%s` | %d | `%s` | %s | %s |\n"
        .formatted(
            code.text(),
            code.status(),
            code.action().text(),
            code.title(),
            code.documentation().replace("|", "\\|"));
  }
}
