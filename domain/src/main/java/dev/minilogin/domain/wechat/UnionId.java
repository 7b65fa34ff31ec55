package dev.minilogin.domain.wechat;

/**
 * WeChat's identifier of a person in all apps of one Open Platform account. An app gets it only
 * once it is bound to such an account, so it may come later than the openid.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}, case matters
 */
public record UnionId(String value) {
  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public UnionId {
    if (!OpenId.FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("unionid must be 1 to 64 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return "UnionId[masked]";
  }
}
