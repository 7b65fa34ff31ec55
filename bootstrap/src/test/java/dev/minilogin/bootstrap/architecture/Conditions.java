package dev.minilogin.bootstrap.architecture;

import static dev.minilogin.bootstrap.architecture.Names.DOMAIN;
import static dev.minilogin.bootstrap.architecture.Names.SECRET;
import static dev.minilogin.bootstrap.architecture.Names.under;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasSourceCodeLocation;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What several rules speak of. */
final class Conditions {
  /**
   * A driven port: an interface of the domain for others to implement. Sealed interfaces are
   * results, nested ones belong to a port, and {@code Secret} marks values of the domain itself.
   */
  static final DescribedPredicate<JavaClass> PORTS =
      DescribedPredicate.describe(
          "are ports",
          type ->
              type.isInterface()
                  && !type.isAnnotation()
                  && !type.isSealed()
                  && type.isTopLevelClass()
                  && !type.getName().equals(SECRET)
                  && JavaClass.Predicates.resideInAPackage(under(DOMAIN)).test(type));

  static final DescribedPredicate<JavaClass> PORT_IMPLEMENTATIONS =
      DescribedPredicate.describe(
          "implement ports",
          type -> !type.isInterface() && type.getAllRawInterfaces().stream().anyMatch(PORTS));

  private Conditions() {}

  /**
   * A condition on one thing at a time.
   *
   * @param objection what is wrong with the thing, as the end of a sentence that its name begins;
   *     empty if nothing is
   */
  static <T extends HasName & HasName.AndFullName & HasSourceCodeLocation> ArchCondition<T> be(
      String description, Function<T, Optional<String>> objection) {
    return new ArchCondition<>(description) {
      @Override
      public void check(T thing, ConditionEvents events) {
        objection
            .apply(thing)
            .ifPresent(
                text ->
                    events.add(
                        SimpleConditionEvent.violated(
                            thing,
                            thing.getFullName()
                                + " "
                                + text
                                + " in "
                                + thing.getSourceCodeLocation())));
      }
    };
  }

  /** Reads, writes, calls or method references of a class that it must not have. */
  static ArchCondition<JavaClass> avoid(String description, Predicate<JavaAccess<?>> forbidden) {
    return new ArchCondition<>("not " + description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getAccessesFromSelf().stream()
            .filter(forbidden)
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.violated(access, access.getDescription())));
      }
    };
  }

  /** An access to a member of that name, declared by that class. */
  static boolean isMember(JavaAccess<?> access, Class<?> owner, String name) {
    return access.getTargetOwner().isEquivalentTo(owner)
        && access.getTarget().getName().equals(name);
  }
}
