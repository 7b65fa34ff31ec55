package dev.minilogin.domain.wechat;

/**
 * WeChat's identifier of a person in one plugin. Personal data: it is not printed.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}; 28 beginning with G are usual
 */
public record OpenPid(String value) {
  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public OpenPid {
    if (!OpenId.FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("openpid must be 1 to 64 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return "OpenPid[masked]";
  }
}
