package dev.minilogin.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageInfoTest {
  private static final String PACKAGE_INFO = "package-info.java";

  @Test
  void every_package_has_a_package_info() throws IOException {
    assertThat(Code.sourceFolders()).hasSizeGreaterThan(6);
    for (List<Path> module : Code.sourceFolders()) {
      assertThat(undocumented(module)).as("packages of %s", module).isEmpty();
    }
  }

  @Test
  void a_package_without_one_is_noticed() throws IOException {
    Path seed = Code.violations().resolve("every_package_has_a_package_info");
    assertThat(undocumented(List.of(seed.resolve("violating"), seed.resolve("innocent"))))
        .containsExactly(Path.of("dev/minilogin/domain/letter"));
  }

  /** The packages of one module, main or test, that nothing is said of in either. */
  private static Set<Path> undocumented(List<Path> folders) throws IOException {
    Set<Path> packages = new TreeSet<>();
    Set<Path> documented = new TreeSet<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(folder::relativize)
            .forEach(
                file -> {
                  packages.add(file.getParent());
                  if (file.endsWith(PACKAGE_INFO)) {
                    documented.add(file.getParent());
                  }
                });
      }
    }
    packages.removeAll(documented);
    return packages;
  }
}
