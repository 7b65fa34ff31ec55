package dev.minilogin.adapters.persistence.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.minilogin.domain.testing.AtOnce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingFileCreationTest {
  private final SecureRandom random = new SecureRandom();
  private Path folder;
  private Path file;

  @BeforeEach
  void nameAFile(@TempDir Path temporary) {
    folder = temporary.resolve("not/yet/there");
    file = folder.resolve("keys.txt");
  }

  @Test
  void a_new_ring_has_two_different_random_keys() {
    KeyRingFile.createIfMissing(file, random);
    Path other = folder.resolve("other.txt");
    KeyRingFile.createIfMissing(other, random);
    assertThat(KeyRingFile.read(file))
        .hasToString("KeyRing[sealing [1], in use 1, pepper [1], in use 1]");
    assertThat(Stream.of(file, other).flatMap(KeyRingFileCreationTest::keys))
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void only_its_owner_may_read_and_write_it() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    KeyRingFile.createIfMissing(file, random);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_ring_that_is_there_is_left_alone() throws IOException {
    KeyRingFile.createIfMissing(file, random);
    String before = Files.readString(file);
    KeyRingFile.createIfMissing(file, random);
    assertThat(file).hasContent(before);
  }

  @Test
  void whatever_is_there_is_left_alone() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, "half a ri");
    KeyRingFile.createIfMissing(file, random);
    assertThat(file).hasContent("half a ri");
  }

  @Test
  void threads_that_create_at_once_agree() throws IOException {
    List<List<String>> rings =
        AtOnce.run(
            16,
            _ -> {
              KeyRingFile.createIfMissing(file, random);
              return keys(file).toList();
            });
    assertThat(rings).containsOnly(keys(file).toList());
    assertNothingElseInTheFolder();
  }

  @Test
  void processes_that_create_at_once_agree() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherJvm.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    List<String> theirs = new ArrayList<>();
    for (Process process : processes) {
      theirs.add(process.inputReader().readAllAsString().strip());
      assertThat(process.waitFor()).isZero();
    }
    assertThat(theirs).containsOnly(String.join(" ", keys(file).toList()));
    assertNothingElseInTheFolder();
  }

  @Test
  void a_folder_that_cannot_be_had_is_told_with_the_file() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> KeyRingFile.createIfMissing(file, random))
        .withMessageContaining(file.toString());
  }

  private void assertNothingElseInTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static Stream<String> keys(Path file) {
    KeyRing ring = KeyRingFile.read(file);
    return Stream.of(ring.sealingKey(1), ring.peppers().firstEntry().getValue())
        .map(SecretKey::getEncoded)
        .map(HexFormat.of()::formatHex);
  }

  private static final class OtherJvm {
    public static void main(String[] arguments) {
      Path file = Path.of(arguments[0]);
      KeyRingFile.createIfMissing(file, new SecureRandom());
      System.out.println(String.join(" ", keys(file).toList()));
    }
  }
}
