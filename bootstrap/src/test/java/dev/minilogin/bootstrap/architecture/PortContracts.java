package dev.minilogin.bootstrap.architecture;

import static dev.minilogin.bootstrap.architecture.Names.DOMAIN;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the adapters behind a port can be swapped: the port has a contract with tests, an
 * in-memory adapter and a real one, and each adapter has a test that binds the contract. A contract
 * is an interface called {@code <Port>Contract}; the test of an adapter begins with the adapter's
 * name, so that two adapters in one module need two tests.
 */
final class PortContracts {
  private static final String FIXTURES = DOMAIN + ".testing";
  private static final List<String> TEST_ANNOTATIONS =
      List.of("org.junit.jupiter.api.Test", "org.junit.jupiter.params.ParameterizedTest");

  private PortContracts() {}

  /** What is missing, in words; the classes are the production ones and the tests. */
  static List<String> missing(JavaClasses classes) {
    List<String> missing = new ArrayList<>();
    for (JavaClass port : ports(classes)) {
      Optional<JavaClass> contract = contract(port, classes);
      if (contract.isEmpty()) {
        missing.add(port.getName() + " has no contract with tests");
        continue;
      }
      List<JavaClass> adapters =
          port.getAllSubclasses().stream().filter(type -> !type.isInterface()).toList();
      if (adapters.stream().noneMatch(adapter -> LayerRules.isIn(adapter, FIXTURES))) {
        missing.add(port.getName() + " has no in-memory adapter");
      }
      if (adapters.stream().allMatch(adapter -> LayerRules.isIn(adapter, FIXTURES))) {
        missing.add(port.getName() + " has no adapter but in memory");
      }
      adapters.stream()
          .filter(adapter -> !isBound(adapter, contract.get()))
          .map(adapter -> adapter.getName() + " has no test that binds " + contract.get().getName())
          .forEach(missing::add);
    }
    return missing;
  }

  private static List<JavaClass> ports(JavaClasses classes) {
    return classes.stream()
        .filter(Conditions.PORTS)
        .filter(type -> !LayerRules.isIn(type, FIXTURES))
        .toList();
  }

  private static Optional<JavaClass> contract(JavaClass port, JavaClasses classes) {
    String name = FIXTURES + "." + port.getSimpleName() + "Contract";
    return classes.stream()
        .filter(type -> type.getName().equals(name))
        .filter(
            type ->
                type.getAllMethods().stream()
                    .anyMatch(
                        method -> TEST_ANNOTATIONS.stream().anyMatch(method::isAnnotatedWith)))
        .findAny();
  }

  private static boolean isBound(JavaClass adapter, JavaClass contract) {
    return contract.getAllSubclasses().stream()
        .filter(test -> !test.isInterface())
        .filter(test -> !test.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(test -> test.getPackageName().equals(adapter.getPackageName()))
        .anyMatch(test -> test.getSimpleName().matches(adapter.getSimpleName() + "\\w*(Test|IT)"));
  }
}
