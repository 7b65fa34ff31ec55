package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** All that WeChat remembers. Not thread-safe: {@link WeChatPlatform} locks. */
final class State {

  final People people = new People();
  final OneTimeCodes loginCodes = new OneTimeCodes(RandomText::loginCode);
  final OneTimeCodes phoneCodes = new OneTimeCodes(RandomText::hexCode);
  final OneTimeCodes pluginCodes = new OneTimeCodes(RandomText::hexCode);
  final SessionKeys sessionKeys = new SessionKeys();
  final UserKeys userKeys = new UserKeys();
  final Visits visits = new Visits();
  final EncryptedMessages encryptedMessages = new EncryptedMessages();
  final MediaVerdicts mediaVerdicts = new MediaVerdicts();
  final AccessTokens tokens = new AccessTokens();
  final Quotas quotas = new Quotas();
  private final InstantSource clock;
  private Settings settings;

  State(InstantSource clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  Instant now() {
    return clock.instant();
  }

  Settings settings() {
    return settings;
  }

  void settings(Settings newSettings) {
    settings = newSettings;
  }

  /** Counts a call of an app; a refusal if there were too many. */
  Optional<Answer> count(Api api, String appId) {
    return count(api, new Owner(appId, ""));
  }

  /** Counts a call of an app for a user; a refusal if there were too many. */
  Optional<Answer> count(Api api, Owner owner) {
    return quotas.count(api, owner, now()).map(Answer::refused);
  }

  /** Forgets everything but the apps and the settings. */
  void reset() {
    people.clearUsers();
    loginCodes.clear();
    phoneCodes.clear();
    pluginCodes.clear();
    sessionKeys.clear();
    userKeys.clear();
    visits.clear();
    encryptedMessages.clear();
    mediaVerdicts.clear();
    tokens.clear();
    quotas.clearCounts();
  }
}
