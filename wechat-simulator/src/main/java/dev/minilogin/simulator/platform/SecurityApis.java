package dev.minilogin.simulator.platform;

import java.util.Optional;

/** The checks of content and users. Not thread-safe: {@link WeChatPlatform} locks. */
final class SecurityApis {

  private static final int AUDIO = 1;
  private static final int IMAGE = 2;
  private static final int LONGEST_TEXT = 2500;

  private final State state;

  SecurityApis(State state) {
    this.state = state;
  }

  Answer checkText(String appId, TextCheck check) {
    return state
        .count(Api.MSG_SEC_CHECK, appId)
        .or(() -> refusalOfLength(check.content()))
        .or(() -> refusalOfScene(check.scene(), 1, 4))
        .or(() -> refusalOfUser(appId, check.openid()))
        .orElseGet(() -> verdict(check));
  }

  /** Version 1, which tells risky from all else. */
  Answer checkText(String appId, String content) {
    return state
        .count(Api.MSG_SEC_CHECK, appId)
        .or(() -> refusalOfLength(content))
        .orElseGet(
            () ->
                new TextCheck(content, 0, "", "")
                    .marker()
                    .filter(marker -> marker.suggest() == Suggest.RISKY)
                    .<Answer>map(marker -> Answer.refused(WeChatError.RISKY_CONTENT))
                    .orElseGet(Answer.Done::new));
  }

  Answer checkMedia(String appId, MediaCheckRequest request) {
    return state
        .count(Api.MEDIA_CHECK_ASYNC, appId)
        .or(
            () ->
                request.mediaType() == AUDIO || request.mediaType() == IMAGE
                    ? Optional.empty()
                    : Optional.of(Answer.refused(WeChatError.INVALID_MEDIA_TYPE)))
        .or(() -> refusalOfScene(request.scene(), 1, 4))
        .or(() -> refusalOfUser(appId, request.openid()))
        .orElseGet(
            () ->
                new Answer.MediaAccepted(
                    new MediaCheck(
                        appId,
                        request.openid(),
                        RandomText.rid(state.now()),
                        request.mediaUrl(),
                        state.mediaVerdicts.take(appId))));
  }

  /** A picture in the call itself; empty: there was none. */
  Answer checkPicture(String appId, Optional<Picture> picture) {
    return state
        .count(Api.IMG_SEC_CHECK, appId)
        .or(() -> refusalOfPicture(picture))
        .orElseGet(
            () ->
                state.mediaVerdicts.take(appId) == Suggest.RISKY
                    ? Answer.refused(WeChatError.RISKY_CONTENT)
                    : new Answer.Done());
  }

  Answer riskRank(String appId, RiskQuery query) {
    return state
        .count(Api.GETUSERRISKRANK, appId)
        .or(() -> refusalOfScene(query.scene(), 0, 2))
        .or(
            () ->
                query.appId().equals(appId)
                    ? Optional.empty()
                    : Optional.of(Answer.refused(WeChatError.OPENID_OF_ANOTHER_APP)))
        .or(() -> refusalOfUser(appId, query.openid()))
        .orElseGet(
            () ->
                new Answer.RiskRank(
                    state
                        .people
                        .ownerOf(query.openid())
                        .map(owner -> state.people.user(owner.user()).riskRank())
                        .orElseThrow(),
                    RandomText.queryNumber()));
  }

  private Answer verdict(TextCheck check) {
    Optional<Marker> marker = check.marker();
    return new Answer.TextVerdict(
        marker.map(Marker::suggest).orElse(Suggest.PASS),
        marker.map(Marker::text),
        RandomText.rid(state.now()));
  }

  private Optional<Answer> refusalOfUser(String appId, String openid) {
    Optional<Owner> owner = state.people.ownerOf(openid);
    if (owner.isEmpty()) {
      return Optional.of(Answer.refused(WeChatError.INVALID_OPENID));
    }
    if (!owner.get().appId().equals(appId)) {
      return Optional.of(Answer.refused(WeChatError.OPENID_OF_ANOTHER_APP));
    }
    return state.visits.isRecent(owner.get(), state.now())
        ? Optional.empty()
        : Optional.of(Answer.refused(WeChatError.NOT_VISITED));
  }

  private static Optional<Answer> refusalOfLength(String content) {
    return content.isEmpty() || content.codePointCount(0, content.length()) > LONGEST_TEXT
        ? Optional.of(Answer.refused(WeChatError.DATA_FORMAT))
        : Optional.empty();
  }

  private static Optional<Answer> refusalOfScene(int scene, int lowest, int highest) {
    return scene < lowest || scene > highest
        ? Optional.of(Answer.refused(WeChatError.INVALID_SCENE))
        : Optional.empty();
  }

  private static Optional<Answer> refusalOfPicture(Optional<Picture> picture) {
    if (picture.isEmpty()) {
      return Optional.of(Answer.refused(WeChatError.MEDIA_MISSING));
    }
    if (picture.get().isTooLarge()) {
      return Optional.of(Answer.refused(WeChatError.INVALID_MEDIA_SIZE));
    }
    return picture.get().isOfKnownKind()
        ? Optional.empty()
        : Optional.of(Answer.refused(WeChatError.INVALID_FILE_TYPE));
  }
}
