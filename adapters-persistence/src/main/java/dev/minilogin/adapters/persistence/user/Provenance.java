package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The column {@code profile_provenance}: {@code nickname=USER@1767225600000;gender=WECHAT@…}. */
final class Provenance {
  private Provenance() {}

  /** Where a value comes from. */
  record Origin(Profile.Source source, Instant since) {}

  static String write(Profile profile) {
    return profile.known().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                entry.getKey().key()
                    + '='
                    + entry.getValue().source()
                    + '@'
                    + entry.getValue().since().toEpochMilli())
        .collect(Collectors.joining(";"));
  }

  static Map<ProfileField, Origin> read(String column) {
    Map<ProfileField, Origin> origins = new EnumMap<>(ProfileField.class);
    if (column.isEmpty()) {
      return origins;
    }
    for (String entry : column.split(";")) {
      int equals = entry.indexOf('=');
      int at = entry.indexOf('@');
      // A field that a later version wrote is nothing that this one can show.
      ProfileField.byKey(entry.substring(0, equals))
          .ifPresent(
              field ->
                  origins.put(
                      field,
                      new Origin(
                          Profile.Source.valueOf(entry.substring(equals + 1, at)),
                          Instant.ofEpochMilli(Long.parseLong(entry.substring(at + 1))))));
    }
    return origins;
  }
}
