package dev.minilogin.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static dev.minilogin.bootstrap.architecture.Names.APPLICATION;
import static dev.minilogin.bootstrap.architecture.Names.BOOTSTRAP;
import static dev.minilogin.bootstrap.architecture.Names.under;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Optional;

/** Use cases: one class for each thing that a caller can ask for. */
final class UseCaseRules {
  private static final String EXECUTE = "execute";
  private static final String FACTORY = "io.micronaut.context.annotation.Factory";

  /** Whatever the application shows to others, and whatever looks like a use case. */
  private static final DescribedPredicate<JavaClass> USE_CASES =
      DescribedPredicate.describe(
          "are use cases",
          type ->
              LayerRules.isIn(type, APPLICATION)
                  && type.isTopLevelClass()
                  && !type.isInterface()
                  && (type.getModifiers().contains(JavaModifier.PUBLIC)
                      || executeMethods(type) > 0));

  static final ArchRule use_cases_are_public_and_final =
      classes()
          .that(USE_CASES)
          .should()
          .bePublic()
          .andShould()
          .haveModifier(FINAL)
          .because("a use case is itself the port through which it is driven");

  static final ArchRule a_use_case_has_one_execute_method =
      classes()
          .that(USE_CASES)
          .should(
              Conditions.be(
                  "have one public method execute",
                  (JavaClass type) ->
                      executeMethods(type) == 1
                          ? Optional.empty()
                          : Optional.of(
                              "has " + executeMethods(type) + " public methods called execute")))
          .because("a use case is one thing that a caller can ask for");

  static final ArchRule use_cases_have_no_interface =
      classes()
          .that()
          .resideInAPackage(under(APPLICATION))
          .and()
          .areTopLevelClasses()
          .should(
              Conditions.be(
                  "neither be nor implement an interface",
                  (JavaClass type) ->
                      type.isInterface()
                          ? Optional.of("is an interface")
                          : type.getRawInterfaces().stream()
                              .findAny()
                              .map(port -> "implements " + port.getName())))
          .because("an interface with one implementation says everything twice");

  static final ArchRule only_factories_of_bootstrap_build_use_cases =
      classes()
          .that()
          .resideOutsideOfPackage(under(APPLICATION))
          .should(
              Conditions.avoid(
                  "build use cases outside a factory of bootstrap",
                  access -> buildsUseCase(access) && !isFactory(access.getOriginOwner())))
          .because("what a use case is made of is decided in one place");

  private UseCaseRules() {}

  private static long executeMethods(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getName().equals(EXECUTE))
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .count();
  }

  private static boolean buildsUseCase(JavaAccess<?> access) {
    return access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
        && USE_CASES.test(access.getTargetOwner());
  }

  private static boolean isFactory(JavaClass type) {
    return LayerRules.isIn(type, BOOTSTRAP) && type.isAnnotatedWith(FACTORY);
  }
}
