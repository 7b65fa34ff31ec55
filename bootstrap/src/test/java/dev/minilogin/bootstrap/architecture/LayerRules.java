package dev.minilogin.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.minilogin.bootstrap.architecture.Names.APPLICATION;
import static dev.minilogin.bootstrap.architecture.Names.BOOTSTRAP;
import static dev.minilogin.bootstrap.architecture.Names.DOMAIN;
import static dev.minilogin.bootstrap.architecture.Names.LAYERS;
import static dev.minilogin.bootstrap.architecture.Names.MEDIA;
import static dev.minilogin.bootstrap.architecture.Names.PERSISTENCE;
import static dev.minilogin.bootstrap.architecture.Names.WEB;
import static dev.minilogin.bootstrap.architecture.Names.under;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Who may know whom.
 *
 * <p>That framework annotations stand only in adapters and bootstrap follows from what the domain
 * and the application may use; their seeds have such annotations.
 */
final class LayerRules {
  /** What computes; nothing that talks to a file, a network, a database or a log. */
  private static final DescribedPredicate<JavaClass> JDK =
      JavaClass.Predicates.resideInAnyPackage(
              "java.lang..",
              "java.math",
              "java.nio",
              "java.nio.charset",
              "java.security..",
              "java.time..",
              "java.util",
              "java.util.concurrent..",
              "java.util.function",
              "java.util.regex",
              "java.util.stream",
              "java.util.zip",
              "javax.crypto..")
          // Takes a URL apart, and opens nothing.
          .or(JavaClass.Predicates.belongToAnyOf(URI.class, URISyntaxException.class))
          .as("are of the JDK and only compute");

  private static final DescribedPredicate<JavaClass> JDK_AND_DOMAIN =
      JDK.or(JavaClass.Predicates.resideInAPackage(under(DOMAIN)));

  static final ArchRule the_domain_uses_only_the_jdk_and_itself =
      classes()
          .that()
          .resideInAPackage(under(DOMAIN))
          .should()
          .onlyDependOnClassesThat(JDK_AND_DOMAIN)
          .because("what a login is must not change with a framework, a log or a database");

  static final ArchRule the_application_uses_only_the_jdk_the_domain_and_itself =
      classes()
          .that()
          .resideInAPackage(under(APPLICATION))
          .should()
          .onlyDependOnClassesThat(
              JDK_AND_DOMAIN.or(JavaClass.Predicates.resideInAPackage(under(APPLICATION))))
          .because("use cases are tested without a framework and reach the world through ports");

  static final ArchRule an_adapter_uses_no_other_adapter =
      slices()
          .matching("dev.minilogin.adapters.(*)..")
          .namingSlices("adapter $1")
          .should()
          .notDependOnEachOther()
          .because("each adapter must be replaceable alone");

  static final ArchRule only_web_and_bootstrap_know_the_use_cases =
      noClasses()
          .that()
          .resideOutsideOfPackages(under(APPLICATION), under(WEB), under(BOOTSTRAP))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(under(APPLICATION))
          .because("a driven adapter answers the domain, it does not ask for anything");

  static final ArchRule nobody_depends_on_bootstrap =
      noClasses()
          .that()
          .resideOutsideOfPackage(under(BOOTSTRAP))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(under(BOOTSTRAP))
          .because("whoever builds everything can be known by nothing that it builds");

  static final ArchRule every_class_lives_in_a_named_layer =
      classes()
          .should()
          .resideInAnyPackage(LAYERS.stream().map(Names::under).toArray(String[]::new))
          .because("no rule sees a class in a package that none names");

  static final ArchRule no_cycles_between_packages =
      slices()
          .matching("dev.minilogin.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages in a cycle can only be understood and changed together");

  static final ArchRule production_code_knows_neither_the_simulator_nor_the_embedded_database =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.minilogin.simulator..", "ch.vorburger..")
          .because("what only tests and the demo need is not on the server's class path");

  static final ArchRule only_the_persistence_adapter_knows_sql =
      noClasses()
          .that()
          .resideOutsideOfPackage(under(PERSISTENCE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..")
          .because("the rest must not notice which storage there is");

  static final ArchRule only_the_media_adapter_handles_pictures_and_their_store =
      noClasses()
          .that()
          .resideOutsideOfPackage(under(MEDIA))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.awt..", "javax.imageio..", "com.twelvemonkeys..", "software.amazon..")
          .because("image decoders and a store's client stay away from tokens and SQL");

  /** Use cases reach ports; what drives them reaches use cases. */
  static final ArchRule the_web_asks_use_cases_and_no_ports =
      noClasses()
          .that()
          .resideInAPackage(under(WEB))
          .should()
          .dependOnClassesThat(Conditions.PORTS)
          .because(
              "a controller that asks the storage itself goes round what the use case decides");

  private LayerRules() {}

  static boolean isIn(JavaClass type, String layer) {
    return JavaClass.Predicates.resideInAPackage(under(layer)).test(type);
  }
}
