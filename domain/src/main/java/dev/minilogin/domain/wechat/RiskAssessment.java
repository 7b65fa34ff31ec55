package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;

/** WeChat's getUserRiskRank: how much of a risk a person is. */
public interface RiskAssessment {
  /**
   * The rank of somebody who logs in, 0 (none) to 4 (highest).
   *
   * @param clientAddress the IP address that the login came from
   */
  Reply<Integer> rank(MiniProgram app, OpenId openId, String clientAddress);
}
