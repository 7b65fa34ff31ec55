package dev.minilogin.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.minilogin.bootstrap.architecture.Conditions.isMember;
import static dev.minilogin.bootstrap.architecture.Names.APPLICATION;
import static dev.minilogin.bootstrap.architecture.Names.DOMAIN;
import static dev.minilogin.bootstrap.architecture.Names.SECRET;
import static dev.minilogin.bootstrap.architecture.Names.under;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/** How secrets are made, held, printed and compared. */
final class SecretRules {
  private static final Pattern SOUNDS_SECRET =
      Pattern.compile(
          "(?i).*(secret|token|session_?key|password|pepper|credential|phone).*|(login|js)?code");

  /**
   * What tells who somebody is, where they are or what they look like, or is the same in all that
   * one person does. Not the ids that were made here: an operator finds people by them. A record of
   * such a name is one itself, whatever its components are called.
   */
  private static final Pattern SOUNDS_PERSONAL =
      Pattern.compile(
          "(?i).*(open_?id|union_?id|open_?pid|nickname|avatar_?url|province|city|install"
              + "|address|idempotency_?key|raw_?data|encrypted_?data|base64).*|ip|iv");

  static final ArchRule a_secret_is_a_record_that_masks_itself =
      classes()
          .that()
          .implement(SECRET)
          .and()
          .areNotInterfaces()
          .should(Conditions.be("be a record whose toString is masked", SecretRules::unmasked))
          .because("a record prints its components unless it is told otherwise");

  static final ArchRule secrets_have_types_of_their_own =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(under(DOMAIN), under(APPLICATION))
          .and()
          .areDeclaredInClassesThat()
          .doNotImplement(SECRET)
          .and()
          .areNotStatic()
          .and()
          .haveNameMatching(SOUNDS_SECRET.pattern())
          .should(Conditions.be("not be a plain text or plain bytes", SecretRules::plain))
          .because("a text that is a secret gets printed one day");

  static final ArchRule a_record_with_a_secret_in_plain_text_masks_itself =
      classes()
          .that()
          .areRecords()
          .and()
          .resideOutsideOfPackages(under(DOMAIN), under(APPLICATION))
          .should(
              Conditions.be(
                  "have a toString of its own if a component is a secret text",
                  SecretRules::printsSecret))
          .because("at the borders secrets are texts, and records print their components");

  static final ArchRule a_record_with_personal_data_masks_itself =
      classes()
          .that()
          .areRecords()
          .should(
              Conditions.be(
                  "have a toString of its own if a component is personal data as a text",
                  SecretRules::printsPersonalData))
          .because("logs are read and kept by more people than the database");

  static final ArchRule random_numbers_come_from_secure_random =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Random.class,
              SplittableRandom.class,
              ThreadLocalRandom.class,
              RandomGenerator.class,
              RandomGeneratorFactory.class)
          .because("who can guess the next number can guess the next token");

  static final ArchRule nothing_draws_random_numbers_in_passing =
      classes()
          .should(
              Conditions.avoid(
                  "call Math.random, UUID.randomUUID or Collections.shuffle",
                  access ->
                      isMember(access, Math.class, "random")
                          || isMember(access, StrictMath.class, "random")
                          || isMember(access, UUID.class, "randomUUID")
                          || isMember(access, Collections.class, "shuffle")))
          .because("randomness is handed in, so that its source is known and tests can choose it");

  /**
   * Wherever bytes are compared: whether they are a MAC can't be seen from the compiled code, and
   * {@code MessageDigest.isEqual} is right for any bytes.
   */
  static final ArchRule bytes_are_compared_in_constant_time =
      classes()
          .should(
              Conditions.avoid(
                  "compare bytes with anything but MessageDigest.isEqual",
                  SecretRules::comparesBytes))
          .because("the time that a comparison takes tells how much of a forged MAC was right");

  /**
   * A MAC that leaves its class as a text and is compared elsewhere is seen by no rule: hence bytes
   * are the form in which the code keeps MACs.
   */
  static final ArchRule what_computes_a_mac_compares_no_texts =
      classes()
          .that(
              DescribedPredicate.describe(
                  "compute MACs, signatures or digests",
                  type -> type.getAccessesFromSelf().stream().anyMatch(SecretRules::computesMac)))
          .should(Conditions.avoid("compare texts", SecretRules::comparesTexts))
          .because(
              "a MAC in hexadecimal or base64 is a MAC: only MessageDigest.isEqual compares it");

  private SecretRules() {}

  private static Optional<String> unmasked(JavaClass type) {
    if (!type.isRecord()) {
      return Optional.of("is no record");
    }
    boolean masks =
        type.tryGetMethod("toString").stream()
            .flatMap(method -> method.getMethodCallsFromSelf().stream())
            .anyMatch(call -> call.getName().equals("masked"));
    return masks ? Optional.empty() : Optional.of("has a toString that is not masked()");
  }

  private static Optional<String> plain(JavaField field) {
    return field.getType().getAllInvolvedRawTypes().stream()
        .map(JavaClass::getBaseComponentType)
        .filter(
            type ->
                type.isAssignableTo(CharSequence.class)
                    || Set.of("byte", "char", "java.lang.Object").contains(type.getName()))
        .findAny()
        .map(type -> "is made of " + type.getName());
  }

  private static Optional<String> printsSecret(JavaClass type) {
    if (!Bytecode.hasGeneratedToString(type)) {
      return Optional.empty();
    }
    return type.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .filter(SecretRules::printsText)
        .map(JavaField::getName)
        .filter(SOUNDS_SECRET.asMatchPredicate())
        .findAny()
        .map(name -> "prints its component " + name);
  }

  private static Optional<String> printsPersonalData(JavaClass type) {
    if (!Bytecode.hasGeneratedToString(type)) {
      return Optional.empty();
    }
    boolean isPersonal = SOUNDS_PERSONAL.matcher(type.getSimpleName()).matches();
    return type.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .filter(field -> isPersonal || SOUNDS_PERSONAL.matcher(field.getName()).matches())
        .filter(SecretRules::printsText)
        .map(JavaField::getName)
        .findAny()
        .map(name -> "prints its component " + name);
  }

  /** Bytes print no content. */
  private static boolean printsText(JavaField field) {
    return field.getType().getAllInvolvedRawTypes().stream()
        .anyMatch(
            type ->
                type.isAssignableTo(CharSequence.class)
                    || type.isAssignableTo(InetAddress.class)
                    || Set.of("java.lang.Object", "io.micronaut.json.tree.JsonNode")
                        .contains(type.getName()));
  }

  private static boolean comparesBytes(JavaAccess<?> access) {
    boolean ofArrays =
        access.getTargetOwner().isEquivalentTo(Arrays.class)
            && Set.of("equals", "compare", "mismatch", "deepEquals")
                .contains(access.getTarget().getName());
    return ofArrays
        || isMember(access, Objects.class, "deepEquals")
        || isMember(access, ByteBuffer.class, "equals")
        || isMember(access, ByteBuffer.class, "compareTo")
        || isMember(access, ByteBuffer.class, "mismatch");
  }

  private static boolean computesMac(JavaAccess<?> access) {
    return isMember(access, Mac.class, "doFinal")
        || isMember(access, MessageDigest.class, "digest")
        || isMember(access, Signature.class, "sign");
  }

  private static boolean comparesTexts(JavaAccess<?> access) {
    return isMember(access, Objects.class, "equals")
        || isMember(access, Object.class, "equals")
        || access.getTargetOwner().isEquivalentTo(String.class)
            && Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "regionMatches")
                .contains(access.getTarget().getName());
  }
}
