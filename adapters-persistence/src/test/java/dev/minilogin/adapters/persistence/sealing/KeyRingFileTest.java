package dev.minilogin.adapters.persistence.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingFileTest {
  private static final String KEY_1 = base64(SampleKeys.bytes(1));
  private static final String KEY_2 = base64(SampleKeys.bytes(2));

  private Path file;

  @BeforeEach
  void nameAFile(@TempDir Path folder) {
    file = folder.resolve("keys.txt");
  }

  @Test
  void keys_comments_and_empty_lines_are_read() throws IOException {
    write(
        "# The keys of this installation",
        "",
        "sealing.1 = " + KEY_1,
        "   # sealing.3 = not yet",
        "  sealing.20=" + KEY_2 + "  ",
        "\tpepper.2 =" + KEY_1,
        "pepper.1= " + KEY_2);
    KeyRing ring = KeyRingFile.read(file);
    assertThat(ring).hasToString("KeyRing[sealing [1, 20], in use 20, pepper [1, 2], in use 2]");
    assertThat(ring.sealingInUse()).isEqualTo(20);
    assertThat(ring.sealingKey(1).getEncoded()).isEqualTo(SampleKeys.bytes(1));
    assertThat(ring.sealingKey(20).getEncoded()).isEqualTo(SampleKeys.bytes(2));
    assertThat(ring.peppers().values())
        .extracting(SecretKey::getEncoded)
        .containsExactly(SampleKeys.bytes(2), SampleKeys.bytes(1));
  }

  @Test
  void what_is_in_use_can_be_named_before_or_after_the_keys() throws IOException {
    write(
        "sealing.use=1",
        "sealing.1 = " + KEY_1,
        "sealing.2 = " + KEY_2,
        "pepper.1 = " + KEY_1,
        "pepper.2 = " + KEY_2,
        " pepper.use  =  01");
    assertThat(KeyRingFile.read(file))
        .hasToString("KeyRing[sealing [1, 2], in use 1, pepper [1, 2], in use 1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sealing.use = 2", "sealing.use = 0", "sealing.use = 99999"})
  void a_key_in_use_that_is_not_there_is_told(String use) throws IOException {
    write("sealing.1 = " + KEY_1, "pepper.1 = " + KEY_2, use);
    assertRefused().withMessageContaining("sealing.use names sealing.");
  }

  @Test
  void two_lines_that_say_what_is_in_use_are_told() throws IOException {
    write("sealing.1 = " + KEY_1, "pepper.1 = " + KEY_2, "pepper.use = 1", "pepper.use = 1");
    assertRefused().withMessageContaining("line 4").withMessageContaining("twice");
  }

  @Test
  void files_of_other_systems_are_read() throws IOException {
    Files.writeString(file, "sealing.1 = " + KEY_1 + "\r\npepper.1 = " + KEY_2);
    assertThat(KeyRingFile.read(file))
        .hasToString("KeyRing[sealing [1], in use 1, pepper [1], in use 1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sealing = KEY",
        "sealing.1 KEY",
        "sealing.-1 = KEY",
        "sealing.123456 = KEY",
        "Sealing.1 = KEY",
        "blind.1 = KEY",
        "sealing.1 = KEY KEY",
        "sealing.1 = KEY # comment",
        "sealing.1 =",
        "KEY"
      })
  void a_line_that_is_none_of_a_key_ring_is_told(String line) throws IOException {
    write("# comment", "pepper.1 = " + KEY_2, line.replace("KEY", KEY_1));
    assertRefused().withMessageContaining("line 3");
  }

  @Test
  void a_key_that_is_no_base64_is_told() throws IOException {
    write("sealing.1 = " + KEY_1.replace('/', '!').replace('W', '!'), "pepper.1 = " + KEY_2);
    assertRefused().withMessageContaining("line 1").withMessageContaining("32 bytes in base64");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33, 64})
  void a_key_of_another_length_is_told(int length) throws IOException {
    byte[] key = new byte[length];
    write("pepper.1 = " + KEY_2, "", "sealing.1 = " + base64(key) + (length == 0 ? "====" : ""));
    assertRefused().withMessageContaining("line 3").withMessageContaining("32 bytes in base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "01"})
  void a_number_that_stands_there_twice_is_told(String again) throws IOException {
    write("sealing.1 = " + KEY_1, "pepper.1 = " + KEY_2, "sealing." + again + " = " + KEY_2);
    assertRefused().withMessageContaining("line 3").withMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536"})
  void a_number_out_of_range_is_told(String number) throws IOException {
    write("sealing." + number + " = " + KEY_1, "pepper.1 = " + KEY_2);
    assertRefused().withMessageContaining("65535");
  }

  @Test
  void a_missing_purpose_is_told() throws IOException {
    write("sealing.1 = " + KEY_1);
    assertRefused().withMessageContaining("no pepper key");
    write("pepper.1 = " + KEY_1);
    assertRefused().withMessageContaining("no sealing key");
    write("# nothing");
    assertRefused();
  }

  @Test
  void a_missing_file_is_told_with_what_to_do() {
    assertRefused().withMessageContaining("MINI_LOGIN_KEYS_CREATE=true");
  }

  @Test
  void a_file_that_cannot_be_read_is_told_and_not_to_be_made_anew() throws IOException {
    Files.write(file, "sealing.1 = \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused()
        .satisfies(
            refusal -> assertThat(refusal.getMessage()).doesNotContain("MINI_LOGIN_KEYS_CREATE"));
    Path folder = Files.createDirectory(file.resolveSibling("folder"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyRingFile.read(folder))
        .withMessageContaining(folder.toString());
  }

  /** What every refusal has in common: it names the file and shows no key. */
  private ThrowableAssertAlternative<IllegalArgumentException> assertRefused() {
    return assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyRingFile.read(file))
        .withMessageContaining(file.toString())
        .satisfies(
            refusal -> {
              for (Throwable t = refusal; t != null; t = t.getCause()) {
                assertThat(t.toString())
                    .doesNotContain(KEY_1.substring(0, 8), KEY_1.substring(24))
                    .doesNotContain(KEY_2.substring(0, 8), KEY_2.substring(24));
              }
            });
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
