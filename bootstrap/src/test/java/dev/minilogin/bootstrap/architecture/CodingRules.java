package dev.minilogin.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/** What may stand in no class, or in one only. */
final class CodingRules {
  private static final String INJECT = "jakarta.inject.Inject";
  private static final Set<String> INJECTING_PACKAGES =
      Set.of("jakarta.inject", "io.micronaut.context.annotation");

  static final ArchRule dependencies_come_through_constructors =
      members()
          .should(Conditions.be("not be injected", CodingRules::injection))
          .because("an object must be whole, and its needs plain, as soon as it is built");

  /** {@code System.nanoTime} is allowed: it measures durations and tells no time. */
  static final ArchRule time_comes_from_the_clock =
      classes()
          .that()
          .doNotHaveFullyQualifiedName(Names.CLOCK)
          .should(Conditions.avoid("ask this machine for the time", CodingRules::asksForTime))
          .because("a wrong clock on one instance must change nothing: the database's counts");

  static final ArchRule only_main_writes_to_the_standard_streams =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Names.MAIN)
          .should(ACCESS_STANDARD_STREAMS)
          .because("what a server has to say belongs in its log");

  static final ArchRule no_generic_exception_is_thrown =
      noClasses()
          .should(THROW_GENERIC_EXCEPTIONS)
          .because("nobody can tell one generic exception from another");

  static final ArchRule no_generic_exception_is_declared =
      codeUnits()
          .should(
              Conditions.be(
                  "not declare Exception or Throwable",
                  (JavaCodeUnit unit) ->
                      unit.getExceptionTypes().stream()
                          .filter(
                              type ->
                                  type.isEquivalentTo(Exception.class)
                                      || type.isEquivalentTo(Throwable.class))
                          .findAny()
                          .map(type -> "declares " + type.getName())))
          .because("a caller must know what can go wrong");

  static final ArchRule loggers_are_private_static_and_final =
      fields()
          .that()
          .haveRawType("org.slf4j.Logger")
          .should()
          .bePrivate()
          .andShould()
          .beStatic()
          .andShould()
          .beFinal()
          .because("a logger belongs to its class, not to an object or to others");

  private CodingRules() {}

  /** Constructors may be annotated: that is how the one to use is told. */
  private static Optional<String> injection(JavaMember member) {
    return member.getAnnotations().stream()
        .map(JavaAnnotation::getRawType)
        .filter(
            type ->
                member instanceof JavaField
                    ? INJECTING_PACKAGES.contains(type.getPackageName())
                    : type.getName().equals(INJECT) && !(member instanceof JavaConstructor))
        .findAny()
        .map(type -> "is injected by @" + type.getSimpleName());
  }

  private static boolean asksForTime(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    return Conditions.isMember(access, System.class, "currentTimeMillis")
        || Conditions.isMember(access, Calendar.class, "getInstance")
        || Conditions.isMember(access, InstantSource.class, "system")
        || owner.isEquivalentTo(Clock.class) && name.matches("system.*|tick.*")
        || owner.isEquivalentTo(Date.class) && name.equals(JavaConstructor.CONSTRUCTOR_NAME)
        || owner.getPackageName().startsWith("java.time") && name.equals("now");
  }
}
