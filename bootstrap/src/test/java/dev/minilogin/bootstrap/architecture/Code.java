package dev.minilogin.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real code: what the modules are compiled to, and where their sources are. */
final class Code {
  /**
   * Micronaut writes classes next to ours, like {@code $LogIn$Definition} and {@code
   * Rows$Intercepted}, and the compiler interfaces for what is said of packages.
   */
  private static final Pattern GENERATED =
      Pattern.compile(".*/(\\$[^/]*|[^/]*\\$Intercepted[^/]*|package-info)\\.class");

  /**
   * Test classes are in folders or, when the modules are packaged, in jars of their own. The
   * simulator is a module for tests.
   */
  private static final Pattern TESTS =
      Pattern.compile(".*(/test-classes/|-tests\\.jar|/wechat-simulator(/target/|-[^/]*\\.jar)).*");

  /** The test classes of the modules with adapters, and of the domain with the in-memory ones. */
  private static final List<String> MODULES_WITH_ADAPTERS =
      List.of("domain", "adapters-media", "adapters-persistence", "adapters-wechat");

  private static final Path REPOSITORY = repository();
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter().withImportOption(Code::isProduction).importPackages(Names.ROOT);

  private Code() {}

  /** The production classes of all modules but the simulator, as written by us. */
  static JavaClasses production() {
    return PRODUCTION;
  }

  /** The production classes, and the test classes beside port implementations. */
  static JavaClasses productionAndContractTests() {
    ImportOption option =
        location -> isProduction(location) || location.matches(TESTS) && !isGenerated(location);
    return new ClassFileImporter()
        .withImportOption(option)
        .importLocations(
            Stream.concat(
                    Locations.ofPackage(Names.ROOT).stream()
                        .filter(location -> !location.matches(TESTS)),
                    MODULES_WITH_ADAPTERS.stream()
                        .map(module -> REPOSITORY.resolve(module).resolve("target/test-classes"))
                        .filter(Files::isDirectory)
                        .map(Location::of))
                .toList());
  }

  /** The source folders of one module each, main and test. */
  static List<List<Path>> sourceFolders() {
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      return modules
          .filter(module -> Files.exists(module.resolve("src/main/java")))
          .sorted()
          .map(module -> List.of(module.resolve("src/main/java"), module.resolve("src/test/java")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder with the seeds, one folder for each rule. */
  static Path violations() {
    return REPOSITORY.resolve("bootstrap/src/test/violations");
  }

  private static boolean isProduction(Location location) {
    return !location.matches(TESTS) && !isGenerated(location);
  }

  private static boolean isGenerated(Location location) {
    return location.matches(GENERATED);
  }

  private static Path repository() {
    try {
      Path testClasses =
          Path.of(Code.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return testClasses.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is no URI", e);
    }
  }
}
