package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of {@code PATCH /v1/me}, as the docs describe it. It is read from JSON by hand, because
 * a merge patch (RFC 7396) tells a field that is missing from one that is null.
 */
@Schema(
    name = "ProfilePatch",
    description =
        "A JSON merge patch: a missing field stays, null clears it. Placeholders (微信用户, gender 0,"
            + " an empty text) never replace a known value.")
record ProfilePatch(
    @Nullable @Schema(nullable = true, maxLength = 32) String nickname,
    @Nullable @Schema(nullable = true, maxLength = 512, description = "An https URL")
        String avatarUrl,
    @Nullable @Schema(nullable = true, description = "0 unknown, 1 male, 2 female") Integer gender,
    @Nullable @Schema(nullable = true, maxLength = 64) String province,
    @Nullable @Schema(nullable = true, maxLength = 64) String city,
    @Nullable @Schema(nullable = true, maxLength = 64) String country,
    @Nullable @Schema(nullable = true, maxLength = 16) String language) {
  private static final Problem.FieldError UNKNOWN_FIELD =
      new Problem.FieldError("body", "has a field that is no field of a profile");

  /** Without the values, which are personal data. */
  @Override
  public String toString() {
    return "ProfilePatch[masked]";
  }

  /**
   * The change that a body asks for.
   *
   * @throws ProblemException with all that is wrong with it
   */
  static ProfileChange read(JsonNode body, PublicAddress here) {
    List<Problem.FieldError> errors = new ArrayList<>();
    if (!body.isObject()) {
      errors.add(new Problem.FieldError("body", "must be a JSON object"));
    }
    Map<ProfileField, Optional<String>> values = new EnumMap<>(ProfileField.class);
    for (Map.Entry<String, JsonNode> entry : entries(body)) {
      Optional<ProfileField> field = ProfileField.byKey(entry.getKey());
      if (field.isEmpty()) {
        // Once, so that a body of nothing else doesn't make a long answer.
        if (!errors.contains(UNKNOWN_FIELD)) {
          errors.add(UNKNOWN_FIELD);
        }
      } else if (entry.getValue().isNull()) {
        values.put(field.get(), Optional.empty());
      } else {
        read(field.get(), entry.getValue(), here, values, errors);
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new ProfileChange(values);
  }

  private static void read(
      ProfileField field,
      JsonNode value,
      PublicAddress here,
      Map<ProfileField, Optional<String>> values,
      List<Problem.FieldError> errors) {
    boolean isNumber = field == ProfileField.GENDER;
    if (isNumber ? !value.isNumber() : !value.isString()) {
      errors.add(
          new Problem.FieldError(field.key(), isNumber ? "must be a number" : "must be a text"));
      return;
    }
    String given = value.coerceStringValue();
    if (field == ProfileField.AVATAR_URL && given.startsWith("/")) {
      errors.add(new Problem.FieldError(field.key(), "must be an https URL without credentials"));
      return;
    }
    String text = field == ProfileField.AVATAR_URL ? here.relative(given).orElse(given) : given;
    field
        .objectionTo(text)
        .ifPresentOrElse(
            objection -> errors.add(new Problem.FieldError(field.key(), objection)),
            () -> values.put(field, Optional.of(text)));
  }

  private static Iterable<Map.Entry<String, JsonNode>> entries(JsonNode body) {
    return body.isObject() ? body.entries() : List.of();
  }
}
