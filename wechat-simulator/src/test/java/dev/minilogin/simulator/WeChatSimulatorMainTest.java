package dev.minilogin.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.simulator.platform.App;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeChatSimulatorMainTest {

  @Test
  void port_and_apps_are_taken_from_the_command_line() {
    Options options =
        WeChatSimulatorMain.parse("--app", "wx1:s1", "--port", "0", "--app", "wx2:s2:group");

    assertThat(options.port()).isZero();
    assertThat(options.apps()).containsExactly(App.of("wx1", "s1"), App.of("wx2", "s2", "group"));
    assertThat(options.toString()).doesNotContain("s1", "s2");
  }

  @Test
  void the_port_is_9090_unless_somebody_says_otherwise() {
    assertThat(WeChatSimulatorMain.parse().port()).isEqualTo(9090);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port",
        "--port x",
        "--port -1",
        "--port 65536",
        "--app planted",
        "--app a:planted:c:d",
        "--app a b:planted",
        "--app a:",
        "--color red"
      })
  void mistakes_are_told_without_repeating_secrets(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeChatSimulatorMain.parse(line.split(" ", 2)))
        .withMessageNotContaining("planted");
  }

  @Test
  @Timeout(60)
  void it_runs_as_a_process_of_its_own() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WeChatSimulatorMain.class.getName(),
                "--port",
                "0",
                "--app",
                "wx1:s1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      assertThat(line).startsWith("WeChat simulator: http://127.0.0.1:");
      URI uri = URI.create(line.substring(line.indexOf("http")));
      try (Probe probe = new Probe(uri)) {
        assertThat(probe.get("/simulator/apps").body())
            .isEqualTo("[{\"appId\":\"wx1\",\"enabled\":true}]");
      }
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
