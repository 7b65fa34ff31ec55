package dev.minilogin.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a command, and what is refused before anything is started. */
class OperatorCommandsTest {
  @Test
  void no_argument_and_options_ask_for_the_server() {
    assertThat(OperatorCommands.isAskedFor(new String[0])).isFalse();
    assertThat(OperatorCommands.isAskedFor(new String[] {"-micronaut.server.port=8082"})).isFalse();
    assertThat(OperatorCommands.isAskedFor(new String[] {"held-reviews"})).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void help_is_help(String argument) {
    assertThat(OperatorCommands.isHelpAskedFor(new String[] {argument})).isTrue();
    assertThat(OperatorCommands.USAGE)
        .contains(
            "replay-pushes <appId> <since>",
            "held-reviews ",
            "decide-review <id> pass|refuse",
            "keys ",
            "suspend-user <userId>",
            "reinstate-user <userId>",
            "end-sessions <userId>",
            "delete-user <userId>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold-reviews",
        "held-reviews now",
        "replay-pushes",
        "replay-pushes wx1111aaaa2222bbbb",
        "replay-pushes wx1111aaaa2222bbbb 2026-01-31T10:00:00Z again",
        "decide-review",
        "decide-review 01a204e5-fef1-7087-b2be-26c6a6724ec5",
        "keys 1",
        "audit",
        "audit 2026-01-31T10:00:00Z 01a204e5-fef1-7087-b2be-26c6a6724ec5 more",
        "verify-audit 1:2 3",
        "delete-user",
        "suspend-user 01a204e5-fef1-7087-b2be-26c6a6724ec5 now",
        "help me"
      })
  void another_command_or_number_of_arguments_is_answered_with_the_usage(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(line))
        .withMessage(OperatorCommands.USAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "replay-pushes no/app 2026-01-31T10:00:00Z, appId",
    "replay-pushes wx1111aaaa2222bbbb yesterday, 2026-01-31T10:00:00Z",
    "replay-pushes wx1111aaaa2222bbbb 2026-01-31, 2026-01-31T10:00:00Z",
    "decide-review 01a204e5-fef1-7087-b2be-26c6a6724ec5 maybe, pass or refuse",
    "verify-audit 42, a head must look like",
    "audit yesterday, 2026-01-31T10:00:00Z",
    "audit 2026-01-31T10:00:00Z ann, ann",
    "decide-review the-first pass, the-first",
    "delete-user ann, ann"
  })
  void an_argument_that_can_not_be_is_told(String line, String hint) {
    assertThatIllegalArgumentException().isThrownBy(() -> run(line)).withMessageContaining(hint);
  }

  private static void run(String line) {
    OperatorCommands.run(line.split(" "), OperatorCommandsTest::startNothing);
  }

  private static ApplicationContext startNothing(Map<String, Object> properties) {
    throw new AssertionError("started with " + properties);
  }
}
