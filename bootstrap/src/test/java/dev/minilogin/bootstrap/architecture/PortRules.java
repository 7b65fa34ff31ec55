package dev.minilogin.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static dev.minilogin.bootstrap.architecture.Conditions.PORTS;
import static dev.minilogin.bootstrap.architecture.Conditions.PORT_IMPLEMENTATIONS;
import static dev.minilogin.bootstrap.architecture.Names.DOMAIN;
import static dev.minilogin.bootstrap.architecture.Names.MEDIA;
import static dev.minilogin.bootstrap.architecture.Names.PERSISTENCE;
import static dev.minilogin.bootstrap.architecture.Names.WECHAT;
import static dev.minilogin.bootstrap.architecture.Names.under;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Driven ports and the adapters behind them. */
final class PortRules {
  /** How the names of port implementations begin, by module. */
  private static final Map<String, List<String>> TECHNOLOGIES =
      Map.of(
          PERSISTENCE,
          List.of("Mysql"),
          WECHAT,
          List.of("WeChat"),
          MEDIA,
          List.of("ImageIo", "S3"));

  static final ArchRule ports_are_interfaces =
      classes()
          .that()
          .resideOutsideOfPackage(under(DOMAIN))
          .should(
              Conditions.be(
                  "extend no class of the domain",
                  (JavaClass type) ->
                      type.getRawSuperclass()
                          .filter(parent -> LayerRules.isIn(parent, DOMAIN))
                          .map(parent -> "extends the domain's class " + parent.getName())))
          .because("what the domain asks of the outside must carry nothing of its own along");

  static final ArchRule ports_are_named_by_what_the_domain_needs =
      classes()
          .that(PORTS)
          .should()
          .haveNameNotMatching(
              ".*\\.(I[A-Z]\\w*|\\w*(Port|Adapter|Repository|Dao|Gateway|Service|Impl|Interface))")
          .because("the domain speaks of users and sessions, not of patterns or storage");

  static final ArchRule only_driven_adapters_implement_ports =
      classes()
          .that(PORT_IMPLEMENTATIONS)
          .should()
          .resideInAnyPackage(under(PERSISTENCE), under(WECHAT), under(MEDIA))
          .because("bootstrap only wires, the web only asks, and the domain only states its needs");

  static final ArchRule a_port_implementation_is_package_private_and_final =
      classes()
          .that(PORT_IMPLEMENTATIONS)
          .should()
          .bePackagePrivate()
          .andShould()
          .haveModifier(FINAL)
          .because("it is known by its port alone");

  static final ArchRule a_port_implementation_is_named_by_its_technology =
      classes()
          .that(PORT_IMPLEMENTATIONS)
          .and()
          .resideInAnyPackage(under(PERSISTENCE), under(WECHAT), under(MEDIA))
          .should(Conditions.be("have a name that begins with its technology", PortRules::misnamed))
          .because("an adapter is named by what it is: there may be another for the same port");

  private PortRules() {}

  private static Optional<String> misnamed(JavaClass type) {
    return TECHNOLOGIES.entrySet().stream()
        .filter(technology -> LayerRules.isIn(type, technology.getKey()))
        .map(Map.Entry::getValue)
        .filter(prefixes -> prefixes.stream().noneMatch(type.getSimpleName()::startsWith))
        .map(prefixes -> "is not named " + String.join("… or ", prefixes) + "…")
        .findAny();
  }
}
