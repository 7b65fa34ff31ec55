package dev.minilogin.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Code that breaks one rule, in {@code violating}, beside code that comes near but keeps it, in
 * {@code innocent}. Seeds stand in the real packages, so that rules are tried as they are. They are
 * compiled here and not with the tests, whose class path the server of the end-to-end tests has:
 * Micronaut would take their beans and routes for ours.
 *
 * @param offenders the full names of the top-level classes that break the rule
 */
record Seed(JavaClasses classes, List<String> offenders) {
  private static final String VIOLATING = "violating";
  private static final String INNOCENT = "innocent";

  /**
   * Compiles and reads the seed of a rule.
   *
   * @param output an empty folder for the class files
   */
  static Seed of(String rule, Path output) throws IOException {
    Path folder = Code.violations().resolve(rule);
    List<Path> violating = sources(folder.resolve(VIOLATING));
    assertThat(violating).as("sources that break the rule, in %s", folder).isNotEmpty();
    List<Path> all = new ArrayList<>(violating);
    if (Files.exists(folder.resolve(INNOCENT))) {
      all.addAll(sources(folder.resolve(INNOCENT)));
    }
    compile(all, output);
    List<String> offenders =
        violating.stream()
            .map(source -> folder.resolve(VIOLATING).relativize(source).toString())
            .map(name -> name.replace(".java", "").replace('/', '.').replace('\\', '.'))
            .toList();
    return new Seed(new ClassFileImporter().importPath(output), offenders);
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static void compile(List<Path> sources, Path output) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-nowarn",
                      "-classpath",
                      System.getProperty("java.class.path"),
                      "-parameters",
                      "-d",
                      output.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }
}
