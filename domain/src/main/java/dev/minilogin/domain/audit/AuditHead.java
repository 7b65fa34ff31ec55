package dev.minilogin.domain.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last link of the chain at some time. Kept elsewhere, it shows whether the log still begins as
 * it did then: nobody can cut an end off unseen that was kept.
 *
 * @param seq how many entries were ever linked; 0 before the first
 * @param chain what the link's chain value is, as 64 lower-case hexadecimal digits
 */
public record AuditHead(long seq, String chain) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,19}):([0-9a-f]{64})");

  /** The chain before its first link. */
  public static final AuditHead BEGINNING = new AuditHead(0, "0".repeat(64));

  /**
   * @throws IllegalArgumentException if they have another form
   */
  public AuditHead {
    if (!FORM.matcher(seq + ":" + chain).matches()) {
      throw new IllegalArgumentException("a head must look like 42:<64 hexadecimal digits>");
    }
  }

  /**
   * Reads what {@link #toString} prints.
   *
   * @throws IllegalArgumentException if it is nothing of that kind
   */
  public static AuditHead parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("a head must look like 42:<64 hexadecimal digits>");
    }
    return new AuditHead(Long.parseLong(form.group(1)), form.group(2));
  }

  @Override
  public String toString() {
    return seq + ":" + chain;
  }
}
