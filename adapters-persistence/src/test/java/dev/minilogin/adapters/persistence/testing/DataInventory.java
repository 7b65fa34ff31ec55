package dev.minilogin.adapters.persistence.testing;

import static dev.minilogin.adapters.persistence.testing.DataInventory.DataClass.OPERATIONAL;
import static dev.minilogin.adapters.persistence.testing.DataInventory.DataClass.PERSONAL;
import static dev.minilogin.adapters.persistence.testing.DataInventory.DataClass.PSEUDONYMOUS;
import static dev.minilogin.adapters.persistence.testing.DataInventory.DataClass.SECRET;

import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.retention.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every column of every table: what sort of data it holds, how long it is kept, and where an export
 * has it. docs/data.md is generated from this list, and tests compare it with the tables, with what
 * is purged and with what is exported.
 */
public final class DataInventory {
  /** Sorts of data. */
  public enum DataClass {
    /** Tells something of a person who can be named. */
    PERSONAL("Tells something of a person. Its owner gets a copy, and can have it erased."),
    /** Opens something. Sealed, or hashed under a pepper. */
    SECRET("Opens something. Sealed, or kept as a keyed hash only."),
    /** Belongs to a person whom it doesn't name. */
    PSEUDONYMOUS("An identifier or hash of ours that belongs to a person and names nobody."),
    /** About this server and not about a person. */
    OPERATIONAL("About the running of this server.");

    private final String meaning;

    DataClass(String meaning) {
      this.meaning = meaning;
    }

    /** What it means, for the docs. */
    public String meaning() {
      return meaning;
    }
  }

  /**
   * A column.
   *
   * @param exportedAs where an export has it: {@code identities[].openid}
   * @param notExported why an export doesn't have it, though it is personal
   */
  public record Column(
      String name,
      DataClass dataClass,
      Optional<String> exportedAs,
      Optional<String> notExported) {}

  /**
   * A table.
   *
   * @param kept how long its rows are kept, and which columns shorter
   */
  public record Table(String name, String kept, List<Column> columns) {}

  private static final String AS_LONG_AS_THE_ACCOUNT = "As long as the account. ";

  /** All of them, in the order of their names. */
  public static final List<Table> TABLES =
      List.of(
          new Table(
              "access_tokens",
              "As long as the mini program is known; the token itself until the next one.",
              all(
                  columns(SECRET, "token", "token_mac"),
                  columns(
                      OPERATIONAL,
                      "app_id",
                      "expires_at",
                      "lease_id",
                      "leased_until",
                      "forced_at",
                      "refused_failure",
                      "refused_errcode",
                      "retry_at"))),
          new Table(
              "account_merges",
              "As long as one of the two accounts.",
              all(
                  columns(PSEUDONYMOUS, "kept_id", "absorbed_id"),
                  columns(
                      OPERATIONAL, "id", "found_at", "merged_at", "undone_at", "unionid_moved"))),
          new Table(
              "audit_keys",
              "For good: what was written under a key is proved by it.",
              all(columns(SECRET, "sealed_key"), columns(OPERATIONAL, "number"))),
          new Table(
              "audit_log",
              "As long as `MINI_LOGIN_AUDIT_RETENTION` says, also after an account is gone: it"
                  + " names nobody.",
              all(
                  columns(PSEUDONYMOUS, "user_id", "session_id"),
                  exported("happened_at", "events[].at"),
                  exported("kind", "events[].kind"),
                  exported("actor", "events[].actor"),
                  exported("app_id", "events[].appId"),
                  exported("details", "events[].details"),
                  notExported("operator", "it names an operator, who is somebody else"),
                  columns(OPERATIONAL, "id", "mac_key", "mac", "seq", "chain_key", "chain"))),
          new Table(
              "audit_marks",
              "For good.",
              columns(OPERATIONAL, "name", "seq", "chain", "mark_key", "mac")),
          new Table(
              "avatar_pictures",
              "Until no profile shows the picture and no review is about it, and some minutes"
                  + " more.",
              all(
                  columns(PSEUDONYMOUS, "avatar_key"),
                  notExported("content", "the export has the picture's address"),
                  columns(OPERATIONAL, "media_type"))),
          new Table(
              "avatars",
              "Until no profile shows the picture and no review is about it, and some minutes"
                  + " more.",
              all(
                  columns(PSEUDONYMOUS, "user_id"),
                  exported("avatar_key", "pictures[].url"),
                  exported("added_at", "pictures[].addedAt"),
                  columns(OPERATIONAL, "shown"))),
          new Table(
              "content_reviews",
              "Until the review is decided, or the account is erased.",
              all(
                  columns(PSEUDONYMOUS, "id", "user_id"),
                  exported("app_id", "reviews[].appId"),
                  notExported("openid", "the same as wechat_identities.openid"),
                  exported("field", "reviews[].field"),
                  exported("value", "reviews[].value"),
                  exported("source", "reviews[].source"),
                  exported("created_at", "reviews[].since"),
                  columns(OPERATIONAL, "tries", "trace", "next_try_at", "held"))),
          new Table(
              "erasure_receipts",
              days(Expiry.ERASURE_RECEIPTS) + " after the erasure.",
              all(
                  columns(PSEUDONYMOUS, "user_id"),
                  columns(OPERATIONAL, "cause", "app_id", "push_id", "asked_at", "erased_at"))),
          new Table(
              "key_uses",
              "As long as the key is in the key ring, and something stands under it.",
              columns(OPERATIONAL, "purpose", "key_number", "last_used_at")),
          new Table("leases", "For good.", columns(OPERATIONAL, "name", "holder", "leased_until")),
          new Table(
              "login_claims",
              days(Expiry.LOGIN_CLAIMS) + " after the claim.",
              all(columns(PSEUDONYMOUS, "claim"), columns(OPERATIONAL, "created_at", "failure"))),
          new Table(
              "mini_programs",
              "As long as the operator runs the mini program.",
              all(
                  columns(
                      SECRET,
                      "sealed_secret",
                      "sealed_secret_2",
                      "push_token",
                      "push_key",
                      "push_key_2"),
                  columns(
                      OPERATIONAL,
                      "app_id",
                      "enabled",
                      "idle_lifetime_ms",
                      "absolute_lifetime_ms",
                      "tenant",
                      "content_checked",
                      "content_on_review",
                      "content_on_risky",
                      "risk_reaction",
                      "risk_from",
                      "encrypted_data_checked",
                      "push_mode",
                      "push_format",
                      "admitted_builds",
                      "sessions_per_user"))),
          new Table(
              "push_inbox",
              days(Expiry.PUSHES)
                  + " after it was handled; `event` and `person_mac` "
                  + days(PushInbox.CONTENT_KEPT)
                  + ", or until the account is erased.",
              all(
                  columns(PSEUDONYMOUS, "person_mac", "dedupe_mac"),
                  notExported("event", "WeChat's message to the operator; sealed and soon emptied"),
                  columns(
                      OPERATIONAL,
                      "id",
                      "app_id",
                      "emptied",
                      "received_at",
                      "tries",
                      "next_try_at",
                      "handled_at"))),
          new Table(
              "rate_limits",
              "Until its window ends, and some minutes more.",
              all(columns(PSEUDONYMOUS, "bucket"), columns(OPERATIONAL, "state", "expires_at"))),
          new Table(
              "revocations",
              "Minutes.",
              all(columns(PSEUDONYMOUS, "user_id"), columns(OPERATIONAL, "id", "revoked_at"))),
          new Table(
              "sessions",
              days(Expiry.SESSIONS)
                  + " after its last possible use, so that its holder is told why it ended; the"
                  + " device is erased with the account.",
              all(
                  columns(SECRET, "token_mac", "sealed_answer"),
                  columns(PSEUDONYMOUS, "user_id", "login_claim", "family"),
                  exported("id", "sessions[].id"),
                  exported("app_id", "sessions[].appId"),
                  exported("install_hash", "sessions[].installHash"),
                  exported("model", "sessions[].device"),
                  exported("platform", "sessions[].platform"),
                  exported("env_version", "sessions[].envVersion"),
                  exported("version", "sessions[].version"),
                  exported("scene", "sessions[].scene"),
                  exported("created_at", "sessions[].createdAt"),
                  exported("last_seen_at", "sessions[].lastSeenAt"),
                  exported("idle_expires_at", "sessions[].idleExpiresAt"),
                  exported("absolute_expires_at", "sessions[].expiresAt"),
                  exported("revoked_at", "sessions[].endedAt"),
                  exported("revoke_reason", "sessions[].endReason"),
                  columns(OPERATIONAL, "epoch", "new_user", "open_data_attempts"))),
          new Table(
              "users",
              AS_LONG_AS_THE_ACCOUNT
                  + "`id`, `status` and times of an erased one until its receipt goes. One that is"
                  + " part of another account is kept with that one, to undo the merge.",
              all(
                  exported("id", "user.id"),
                  exported("unionid", "user.unionid"),
                  exported("status", "user.status"),
                  Stream.of(
                          "nickname",
                          "avatar_url",
                          "gender",
                          "province",
                          "city",
                          "country",
                          "language")
                      .flatMap(field -> exported(field, "profile[].value").stream())
                      .toList(),
                  exported("profile_provenance", "profile[].since"),
                  exported("phone", "phone.number"),
                  exported("phone_bound_at", "phone.boundAt"),
                  exported("nickname_review_value", "reviews[].value"),
                  exported("nickname_review_state", "reviews[].state"),
                  exported("avatar_review_state", "reviews[].state"),
                  exported("profile_cleared_at", "user.profileClearedAt"),
                  exported("created_at", "user.createdAt"),
                  exported("updated_at", "user.updatedAt"),
                  columns(PSEUDONYMOUS, "phone_mac", "nickname_review_id", "avatar_review_id"),
                  columns(OPERATIONAL, "session_epoch", "profile_version", "phone_tenant"))),
          new Table(
              "wechat_identities",
              AS_LONG_AS_THE_ACCOUNT
                  + "All of `session_key` "
                  + days(Expiry.SESSION_KEYS)
                  + " after the last exchange that brought one.",
              all(
                  columns(
                      SECRET, "session_key", "session_key_mac", "session_key_2", "session_key_3"),
                  columns(PSEUDONYMOUS, "user_id", "merged_from"),
                  exported("app_id", "identities[].appId"),
                  exported("openid", "identities[].openid"),
                  exported("unionid", "identities[].unionid"),
                  exported("login_count", "identities[].logins"),
                  exported("created_at", "identities[].createdAt"),
                  exported("last_login_at", "identities[].lastLoginAt"),
                  exported("risk_rank", "identities[].risk.rank"),
                  exported("risk_flagged", "identities[].risk.flagged"),
                  exported("risk_ranked_at", "identities[].risk.at"),
                  columns(
                      OPERATIONAL,
                      "session_key_at",
                      "session_key_2_at",
                      "session_key_3_at",
                      "session_key_used_at"))));

  private DataInventory() {}

  /** The columns that an export must have. */
  public static List<Column> exported() {
    return TABLES.stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> column.exportedAs().isPresent())
        .toList();
  }

  @SafeVarargs
  private static List<Column> all(List<Column>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }

  private static List<Column> columns(DataClass dataClass, String... names) {
    return Stream.of(names)
        .map(name -> new Column(name, dataClass, Optional.empty(), Optional.empty()))
        .toList();
  }

  private static List<Column> exported(String name, String path) {
    return List.of(new Column(name, PERSONAL, Optional.of(path), Optional.empty()));
  }

  private static List<Column> notExported(String name, String reason) {
    return List.of(new Column(name, PERSONAL, Optional.empty(), Optional.of(reason)));
  }

  private static String days(Expiry what) {
    return days(what.after());
  }

  private static String days(Duration period) {
    return period.toDays() == 1 ? "1 day" : period.toDays() + " days";
  }

  /** The inventory as docs/data.md has it. */
  public static String document() {
    StringBuilder text = new StringBuilder(HEAD);
    for (DataClass dataClass : DataClass.values()) {
      text.append("| %s | %s |\n".formatted(name(dataClass), dataClass.meaning()));
    }
    for (Table table : TABLES) {
      text.append(
          "\n## %s\nKept: %s\n\n| Column | Class | In an export |\n| --- | --- | --- |\n"
              .formatted(table.name(), table.kept()));
      table.columns().forEach(column -> text.append(row(column)));
    }
    return text.toString();
  }

  private static final String HEAD =
      """
      # Data

      Generated from `DataInventory`; to renew it: `mvn verify -pl adapters-persistence -am -Dminilogin.docs.write=true`.

      Every column of every table, what sort of data it holds, and how long it is kept. An instance purges what is past \
      its time within an hour, one at a time and in small batches. Backups are the operator's: let them age out within 30 days.

      An account is erased at once, whoever asks for it: its user (`DELETE /v1/me`), an operator (`delete-user`), or WeChat (a push). \
      What is left is a receipt: a random id, who asked, and when.

      | Class | Meaning |
      | --- | --- |
      """;

  private static String row(Column column) {
    String export =
        column
            .exportedAs()
            .map(path -> "`" + path + "`")
            .or(() -> column.notExported().map(reason -> "no: " + reason))
            .orElse("");
    return "| `%s` | %s | %s |\n".formatted(column.name(), name(column.dataClass()), export);
  }

  private static String name(DataClass dataClass) {
    return dataClass.name().toLowerCase(Locale.ROOT);
  }
}
