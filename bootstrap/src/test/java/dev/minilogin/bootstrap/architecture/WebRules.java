package dev.minilogin.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static dev.minilogin.bootstrap.architecture.Names.PROBLEM;
import static dev.minilogin.bootstrap.architecture.Names.PROBLEM_PACKAGE;
import static dev.minilogin.bootstrap.architecture.Names.WEB;
import static dev.minilogin.bootstrap.architecture.Names.under;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The HTTP side. */
final class WebRules {
  private static final String CONTROLLER = "io.micronaut.http.annotation.Controller";
  private static final String ROUTE = "io.micronaut.http.annotation.HttpMethodMapping";
  private static final String ERROR = "io.micronaut.http.annotation.Error";
  private static final String HANDLERS = "io.micronaut.http.server.exceptions";
  private static final String RESPONSE = "io.micronaut.http.HttpResponse";
  private static final Set<String> ENVELOPES = Set.of("void", RESPONSE);

  static final ArchRule controllers_live_in_the_web_adapter =
      classes()
          .that()
          .areAnnotatedWith(CONTROLLER)
          .should()
          .resideInAPackage(under(WEB))
          .because("every route keeps to the same errors, headers and authentication");

  static final ArchRule controllers_are_package_private_and_named_so =
      classes()
          .that()
          .areAnnotatedWith(CONTROLLER)
          .should()
          .bePackagePrivate()
          .andShould()
          .haveSimpleNameEndingWith("Controller")
          .because("only the router calls a controller");

  static final ArchRule what_is_named_controller_is_one =
      classes()
          .that()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .beAnnotatedWith(CONTROLLER)
          .because("who looks for a route must find it by its name");

  /** What is no JSON, a picture for one, comes as bytes in a response that says what they are. */
  static final ArchRule routes_answer_only_with_records_of_the_web =
      methods()
          .that()
          .areMetaAnnotatedWith(ROUTE)
          .should(
              Conditions.be(
                  "return nothing, a record of the web adapter, or a response of bytes",
                  WebRules::noWebRecord))
          .because("the API must not change because the domain's types do");

  static final ArchRule answers_hold_no_types_of_the_inside =
      methods()
          .that()
          .areMetaAnnotatedWith(ROUTE)
          .should(Conditions.be("answer without the domain's types", WebRules::innerType))
          .because("a renamed component of the domain would rename a field of the API");

  static final ArchRule only_the_problem_package_answers_failures =
      classes()
          .that()
          .resideOutsideOfPackage(under(PROBLEM_PACKAGE))
          .should(
              Conditions.be(
                  "neither handle failures nor make problem documents", WebRules::answers))
          .because("every failure must come out in the same form, from one place");

  private WebRules() {}

  private static Optional<String> noWebRecord(JavaMethod route) {
    if (isResponseOfBytes(route.getReturnType())) {
      return Optional.empty();
    }
    return route.getReturnType().getAllInvolvedRawTypes().stream()
        .filter(type -> !ENVELOPES.contains(type.getName()))
        .filter(type -> !(type.isRecord() && LayerRules.isIn(type, WEB)))
        .findAny()
        .map(type -> "returns " + type.getName());
  }

  private static boolean isResponseOfBytes(JavaType type) {
    return type instanceof JavaParameterizedType response
        && response.toErasure().getName().equals(RESPONSE)
        && response.getActualTypeArguments().stream()
            .allMatch(content -> content.toErasure().isEquivalentTo(byte[].class));
  }

  private static Optional<String> innerType(JavaMethod route) {
    Set<JavaClass> seen = new HashSet<>();
    collect(route.getReturnType(), seen);
    return seen.stream()
        .filter(type -> LayerRules.isIn(type, WEB))
        .flatMap(type -> type.getFields().stream())
        .filter(
            field -> field.getType().getAllInvolvedRawTypes().stream().anyMatch(WebRules::inner))
        .map(JavaField::getFullName)
        .findAny()
        .map(field -> "answers with " + field);
  }

  /** The web adapter's types in an answer, at any depth. */
  private static void collect(JavaType type, Set<JavaClass> seen) {
    for (JavaClass raw : type.getAllInvolvedRawTypes()) {
      if (LayerRules.isIn(raw, WEB) && seen.add(raw)) {
        raw.getFields().forEach(field -> collect(field.getType(), seen));
      }
    }
  }

  private static boolean inner(JavaClass type) {
    return LayerRules.isIn(type, Names.DOMAIN) || LayerRules.isIn(type, Names.APPLICATION);
  }

  private static Optional<String> answers(JavaClass type) {
    if (type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(ERROR))) {
      return Optional.of("has an @Error method");
    }
    if (type.getDirectDependenciesFromSelf().stream()
        .anyMatch(use -> use.getTargetClass().getPackageName().startsWith(HANDLERS))) {
      return Optional.of("uses the framework's exception handling");
    }
    return type.getAccessesFromSelf().stream()
        .filter(access -> access.getTargetOwner().getName().equals(PROBLEM))
        .filter(access -> access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME))
        .findAny()
        .map(access -> "makes a problem document");
  }
}
