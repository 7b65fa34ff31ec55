package dev.minilogin.domain.miniprogram;

import java.util.regex.Pattern;

/**
 * Whose mini programs these are. A phone number belongs to one user of a tenant; what another
 * tenant's users have bound is nothing to it.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ -}
 */
public record Tenant(String name) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Where nothing else is said: all mini programs of the server are one tenant's. */
  public static final Tenant DEFAULT = new Tenant("default");

  /**
   * @throws IllegalArgumentException if the name has another form
   */
  public Tenant {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("tenant must be 1 to 64 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
