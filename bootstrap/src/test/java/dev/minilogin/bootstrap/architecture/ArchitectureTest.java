package dev.minilogin.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  static List<Rule> rules() {
    return Rule.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_code_keeps_the_rule(Rule rule) {
    rule.rule().check(Code.production());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_rule_says_why(Rule rule) {
    assertThat(rule.rule().getDescription()).contains(", because ");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_rule_finds_its_seed_and_no_other_rule_does(Rule rule, @TempDir Path output)
      throws IOException {
    Seed seed = Seed.of(rule.name(), output);
    List<String> found = rule.violationsIn(seed.classes());
    assertThat(seed.offenders())
        .allSatisfy(
            offender -> assertThat(found).anyMatch(violation -> violation.contains(offender)));
    assertThat(found)
        .allSatisfy(violation -> assertThat(seed.offenders()).anyMatch(violation::contains));
    assertThat(rules())
        .filteredOn(other -> !other.equals(rule))
        .allSatisfy(
            other -> assertThat(other.violationsIn(seed.classes())).as(other.name()).isEmpty());
  }

  @Test
  void every_seed_belongs_to_a_rule_or_to_a_test_here() throws IOException {
    List<String> known =
        Stream.of(ArchitectureTest.class, PackageInfoTest.class, PortContractsTest.class)
            .flatMap(test -> Stream.of(test.getDeclaredMethods()))
            .map(Method::getName)
            .toList();
    try (Stream<Path> seeds = Files.list(Code.violations())) {
      assertThat(seeds)
          .extracting(seed -> seed.getFileName().toString())
          .isNotEmpty()
          .allSatisfy(
              seed ->
                  assertThat(Stream.concat(known.stream(), rules().stream().map(Rule::name)))
                      .contains(seed));
    }
  }

  @Test
  void every_package_and_class_named_in_a_rule_is_there() {
    assertThat(missing(Code.production())).isEmpty();
  }

  /** The seed has all of them but one package and one class. */
  @Test
  void a_package_or_class_that_is_missing_is_noticed(@TempDir Path output) throws IOException {
    Seed seed = Seed.of("every_package_and_class_named_in_a_rule_is_there", output);
    assertThat(missing(seed.classes())).containsExactly(Names.WECHAT, Names.CLOCK);
  }

  private static List<String> missing(JavaClasses classes) {
    Stream<String> packages =
        Names.PACKAGES.stream()
            .filter(name -> classes.stream().noneMatch(type -> LayerRules.isIn(type, name)));
    Stream<String> types = Names.CLASSES.stream().filter(name -> !classes.contain(name));
    return Stream.concat(packages, types).toList();
  }

  @Test
  void no_generated_class_is_judged() {
    assertThat(Code.production())
        .isNotEmpty()
        .extracting(JavaClass::getName)
        .noneMatch(name -> name.contains(".$") || name.contains("$Intercepted"));
  }
}
