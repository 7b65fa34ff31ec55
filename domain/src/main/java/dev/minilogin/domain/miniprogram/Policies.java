package dev.minilogin.domain.miniprogram;

import java.util.Objects;

/**
 * What a mini program decides for itself.
 *
 * @param tenant whose it is
 * @param content what happens before a nickname or an avatar is shown
 * @param risk what happens to people whom WeChat takes for a risk
 * @param encryptedDataChecked whether WeChat is asked if it made the encrypted phone data that a
 *     client sends (checkEncryptedData)
 * @param sessions which logins it lets in, and how many sessions a user may have
 */
public record Policies(
    Tenant tenant,
    ContentPolicy content,
    RiskPolicy risk,
    boolean encryptedDataChecked,
    SessionPolicy sessions) {
  /** What holds where nothing else is said. */
  public static final Policies DEFAULT =
      new Policies(
          Tenant.DEFAULT, ContentPolicy.DEFAULT, RiskPolicy.DEFAULT, true, SessionPolicy.DEFAULT);

  public Policies {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(risk, "risk");
    Objects.requireNonNull(sessions, "sessions");
  }
}
