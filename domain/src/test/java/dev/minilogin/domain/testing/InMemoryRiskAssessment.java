package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.RiskAssessment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everybody has the rank that a test gives them, or 0. Thread-safe. */
public final class InMemoryRiskAssessment extends InMemoryApi implements RiskAssessment {
  private final Map<OpenId, Integer> ranks = new HashMap<>();
  private final List<String> clientAddresses = new ArrayList<>();

  /** From now on WeChat takes this person for such a risk. */
  public synchronized void setRank(OpenId openId, int rank) {
    ranks.put(openId, rank);
  }

  /** The addresses that the logins came from, as they were told, the first one first. */
  public synchronized List<String> clientAddresses() {
    return List.copyOf(clientAddresses);
  }

  @Override
  public Reply<Integer> rank(MiniProgram app, OpenId openId, String clientAddress) {
    return answer(
        () -> {
          clientAddresses.add(clientAddress);
          return new Reply.Given<>(ranks.getOrDefault(openId, 0));
        });
  }
}
