package dev.minilogin.domain.session;

import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.LoginCode;
import java.util.HexFormat;

/**
 * Names one code of one mini program without telling it: whoever claims it may exchange the code.
 *
 * @param hex SHA-256 of appid and code, as 64 hexadecimal digits
 */
public record LoginClaim(String hex) {
  /** The claim for a code. */
  public static LoginClaim of(AppId appId, LoginCode code) {
    // Neither part can contain the separator.
    return new LoginClaim(Sha256.hex(appId.value() + '\n' + code.reveal()));
  }

  /** The hash as 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
