package dev.minilogin.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A rule and its name.
 *
 * @param name the name of the constant that holds it, and of the folder with its seed
 */
record Rule(String name, ArchRule rule) {
  private static final List<Rule> ALL = find();

  /** All rules: each static field of this package that holds one. */
  static List<Rule> all() {
    return ALL;
  }

  private static List<Rule> find() {
    return new ClassFileImporter()
        .importPackagesOf(Rule.class).stream()
            .map(JavaClass::getFields)
            .flatMap(Set::stream)
            .filter(field -> field.getRawType().isAssignableTo(ArchRule.class))
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .map(field -> of(field.reflect()))
            .sorted(Comparator.comparing(Rule::name))
            .toList();
  }

  /** What it finds; unlike on the real code, nothing to look at is nothing found. */
  List<String> violationsIn(JavaClasses seed) {
    return rule.allowEmptyShould(true).evaluate(seed).getFailureReport().getDetails();
  }

  private static Rule of(Field field) {
    try {
      return new Rule(field.getName(), (ArchRule) field.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("rules must not be private: " + field, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
