package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.EnvVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTest {
  @Test
  void takes_texts_up_to_their_limits_in_code_points() {
    Device device =
        new Device(
            Optional.of(InstallHash.of("install")),
            Optional.of("😀".repeat(64)),
            Optional.of("😀".repeat(32)),
            Optional.of(EnvVersion.RELEASE),
            Optional.of("😀".repeat(32)),
            Optional.of("😀".repeat(16)));
    assertThat(device.model()).contains("😀".repeat(64));
  }

  @Test
  void refuses_a_longer_text_and_names_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device("m".repeat(65), "p", "v", "s"))
        .withMessageContaining("model");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device("m", "p".repeat(33), "v", "s"))
        .withMessageContaining("platform");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device("m", "p", "v".repeat(33), "s"))
        .withMessageContaining("version");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device("m", "p", "v", "s".repeat(17)))
        .withMessageContaining("scene");
  }

  @Test
  void an_unknown_device_says_nothing() {
    assertThat(Device.UNKNOWN)
        .isEqualTo(
            new Device(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  private static Device device(String model, String platform, String version, String scene) {
    return new Device(
        Optional.empty(),
        Optional.of(model),
        Optional.of(platform),
        Optional.empty(),
        Optional.of(version),
        Optional.of(scene));
  }
}
