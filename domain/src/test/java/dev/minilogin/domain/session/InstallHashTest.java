package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallHashTest {
  @Test
  void tells_installs_apart_and_not_what_they_are_called() {
    InstallHash hash = InstallHash.of("7f9c24e8-3b12-4f0a");
    assertThat(hash)
        .isEqualTo(InstallHash.of("7f9c24e8-3b12-4f0a"))
        .isNotEqualTo(InstallHash.of("7f9c24e8-3b12-4f0b"));
    assertThat(hash.toString()).doesNotContain("7f9c24e8", "3b12-4f0a");
  }

  @Test
  void is_32_bytes() {
    InstallHash hash = InstallHash.of("install");
    assertThat(hash.bytes()).hasSize(32);
    assertThat(new InstallHash(HexFormat.of().formatHex(hash.bytes()))).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g"
      })
  void has_no_other_form(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> new InstallHash(hex));
  }
}
