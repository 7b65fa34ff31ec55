package dev.minilogin.bootstrap.http;

import static dev.minilogin.domain.testing.Sample.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.application.review.DecideReview;
import dev.minilogin.application.review.ListHeldReviews;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.Quota;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.Suggest;
import dev.minilogin.simulator.push.PushEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nicknames and avatars, from what their owner sends to what others see. */
@ExtendWith(Studio.Given.class)
class ReviewRoutesTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** As long as a first failure of WeChat's puts a review off. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(31);

  private final Studio studio;
  private final String person = WeChat.somebody();
  private final Settings usual;
  private final Quota usualTexts;

  ReviewRoutesTest(Studio studio) {
    this.studio = studio;
    this.usual = studio.simulator.settings();
    this.usualTexts = studio.simulator.quota(Api.MSG_SEC_CHECK);
    studio.simulator.settings(usual.withMediaCheckDelay(Duration.ZERO));
  }

  @AfterEach
  void wechat_is_well_again() {
    studio.simulator.clearFaults();
    studio.simulator.settings(usual);
    studio.simulator.quota(Api.MSG_SEC_CHECK, usualTexts);
  }

  private String logIn(String appId) {
    return studio.logIn(appId, person).token();
  }

  private Answer rename(String token, String nickname) {
    return studio.client.postMe(token, Client.json("nickname", nickname)).has(200);
  }

  private Answer me(String token) {
    return studio.client.me(token).has(200);
  }

  private Answer upload(String token) {
    return upload(token, Photos.jpeg());
  }

  private Answer upload(String token, byte[] picture) {
    return studio.client.upload(token, "/v1/me/avatar", "me.jpg", "image/jpeg", picture).has(200);
  }

  /** {@code field state value} of the one review there is; empty if there is none. */
  private static String review(Answer answer) {
    JsonNode reviews = answer.json().get("reviews");
    if (reviews.isEmpty()) {
      return "";
    }
    assertThat(reviews).hasSize(1);
    JsonNode review = reviews.get(0);
    return String.join(
        " ",
        review.get("field").asText(),
        review.get("state").asText(),
        review.get("value").asText());
  }

  private String userId(String token) {
    return Dump.hex(me(token).text("id"));
  }

  @Test
  void a_nickname_that_wechat_passes_is_shown_at_once() {
    String token = logIn(Studio.REVIEWING);

    Answer answer = rename(token, "阿丽");

    assertThat(answer.text("nickname")).isEqualTo("阿丽");
    assertThat(review(answer)).isEmpty();
    assertThat(me(token).text("nickname")).isEqualTo("阿丽");
  }

  @ParameterizedTest
  @CsvSource({
    "wxb000000000000001, risky business, 旧, nickname refused null",
    "wxb000000000000001, 违规名字, 旧, nickname refused null",
    "wxb000000000000001, review me, 旧, nickname refused null",
    "wxb000000000000002, risky business, 旧, nickname in-review risky business",
    "wxb000000000000002, 疑似名字, 旧, nickname in-review 疑似名字",
    "wxb000000000000003, risky business, 旧, nickname refused null",
    "wxb000000000000003, review me, review me, ''"
  })
  void what_becomes_of_a_nickname_that_is_not_passed_is_the_mini_programs_policy(
      String appId, String nickname, String shown, String review) {
    String token = logIn(appId);
    rename(token, "旧");

    Answer answer = rename(token, nickname);

    assertThat(answer.text("nickname")).isEqualTo(shown);
    assertThat(review(answer)).isEqualTo(review);
    assertThat(me(token).json()).isEqualTo(answer.json());
  }

  @Test
  void the_rest_of_a_change_waits_for_nothing() {
    String token = logIn(Studio.REVIEWING);

    Answer answer =
        studio.client.postMe(token, Client.json("nickname", "risky", "city", "杭州", "gender", 2));

    assertThat(answer.has(200).text("city")).isEqualTo("杭州");
    assertThat(answer.json().get("gender").asInt()).isEqualTo(2);
    assertThat(answer.text("nickname")).isNull();
  }

  @Test
  void a_refusal_is_forgotten_with_the_next_change() {
    String token = logIn(Studio.REVIEWING);
    rename(token, "risky");

    Answer answer = rename(token, "好");

    assertThat(answer.text("nickname")).isEqualTo("好");
    assertThat(review(answer)).isEmpty();
  }

  @Test
  void what_needs_no_review_is_not_sent_to_wechat() {
    String token = logIn(Studio.REVIEWING);
    rename(token, "同名");
    long calls = studio.simulator.calls(Api.MSG_SEC_CHECK);

    rename(token, "同名");
    rename(token, "微信用户");
    rename(token, "");
    studio.client.postMe(token, Client.json("nickname", null)).has(200);
    studio.client.postMe(token, Client.json("city", "risky")).has(200);

    assertThat(studio.simulator.calls(Api.MSG_SEC_CHECK)).isEqualTo(calls);
  }

  @Test
  void where_checks_are_switched_off_nothing_is_asked() {
    String token = logIn(Studio.APP);
    long calls = studio.simulator.calls(Api.MSG_SEC_CHECK);

    assertThat(rename(token, "risky").text("nickname")).isEqualTo("risky");
    Answer foreign = studio.client.postMe(token, Client.json("avatarUrl", "https://example.com/a"));
    assertThat(foreign.has(200).text("avatarUrl")).isEqualTo("https://example.com/a");
    assertThat(upload(token).text("avatarUrl")).startsWith(studio.server.uri() + "/avatars/");

    assertThat(studio.simulator.calls(Api.MSG_SEC_CHECK)).isEqualTo(calls);
  }

  @Test
  void a_token_that_another_system_replaced_does_not_hold_a_nickname_up() {
    String token = logIn(Studio.REVIEWING);
    rename(token, "一");
    studio.simulator.killStableToken(Studio.REVIEWING);

    assertThat(rename(token, "二").text("nickname")).isEqualTo("二");
  }

  @Test
  void an_operator_decides_what_is_held() {
    String token = logIn(Studio.HOLDING);
    rename(token, "review one");
    UUID first = held(token).orElseThrow().id();

    assertThat(studio.server.bean(DecideReview.class).execute(first, true, ANN)).isTrue();

    assertThat(me(token).text("nickname")).isEqualTo("review one");
    assertThat(review(me(token))).isEmpty();
    assertThat(held(token)).isEmpty();
    assertThat(studio.server.bean(DecideReview.class).execute(first, false, ANN)).isFalse();

    rename(token, "risky two");
    UUID second = held(token).orElseThrow().id();
    assertThat(studio.server.bean(DecideReview.class).execute(second, false, ANN)).isTrue();
    assertThat(me(token).text("nickname")).isEqualTo("review one");
    assertThat(review(me(token))).isEqualTo("nickname refused null");
  }

  @Test
  void what_is_held_is_not_sent_to_wechat_again() {
    String token = logIn(Studio.HOLDING);
    rename(token, "review it");
    long calls = studio.simulator.calls(Api.MSG_SEC_CHECK);

    studio.clock.advance(Duration.ofHours(1));
    studio.reviewDueContent();
    rename(logIn(Studio.HOLDING), "review it");

    assertThat(studio.simulator.calls(Api.MSG_SEC_CHECK)).isEqualTo(calls);
    assertThat(held(token)).isPresent();
  }

  private Optional<Review> held(String token) {
    String id = me(token).text("id");
    return studio.server.bean(ListHeldReviews.class).execute().stream()
        .filter(review -> review.userId().toString().equals(id))
        .filter(review -> review.field() == ProfileField.NICKNAME)
        .findAny();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 44991, 45009, 48001, 40003})
  void what_wechat_can_not_be_asked_about_is_in_review_until_it_can(int errcode) {
    String token = logIn(Studio.REVIEWING);
    rename(token, "旧");
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).errcode(errcode).always());

    Answer answer = rename(token, "新");

    assertThat(answer.text("nickname")).isEqualTo("旧");
    assertThat(review(answer)).isEqualTo("nickname in-review 新");
    studio.simulator.clearFaults();
    shownLater(token, "新", Duration.ofHours(1));
  }

  @Test
  void a_cut_off_wechat_holds_a_nickname_up_and_nobody_else() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).cut().always());

    assertThat(review(rename(token, "后来"))).isEqualTo("nickname in-review 后来");

    studio.simulator.clearFaults();
    shownLater(token, "后来", FIRST_PAUSE);
  }

  private void shownLater(String token, String nickname, Duration pause) {
    studio.reviewDueContent();
    assertThat(review(me(token))).as("not before its time").contains("in-review");
    studio.clock.advance(pause);
    studio.simulator.visit(Studio.REVIEWING, person);
    studio.reviewDueContent();
    assertThat(me(token).text("nickname")).isEqualTo(nickname);
    assertThat(review(me(token))).isEmpty();
  }

  @Test
  void somebody_whom_wechat_has_not_seen_lately_waits_until_they_visit() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.forgetVisits(person);

    assertThat(review(rename(token, "远方"))).isEqualTo("nickname in-review 远方");

    studio.clock.advance(Duration.ofMinutes(11));
    studio.reviewDueContent();
    assertThat(review(me(token))).isEqualTo("nickname in-review 远方");
    shownLater(token, "远方", Duration.ofMinutes(11));
  }

  @Test
  void a_quota_that_is_used_up_puts_off() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.quota(Api.MSG_SEC_CHECK, 0, 0);

    assertThat(review(rename(token, "额度"))).isEqualTo("nickname in-review 额度");

    studio.simulator.quota(Api.MSG_SEC_CHECK, usualTexts);
    shownLater(token, "额度", Duration.ofHours(1));
  }

  @Test
  void another_instances_worker_takes_it_up() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).errcode(-1).always());
    assertThat(review(rename(token, "接力"))).isEqualTo("nickname in-review 接力");
    studio.simulator.clearFaults();
    studio.clock.advance(FIRST_PAUSE);

    try (Server another = studio.instance().withWorkers().start()) {
      await()
          .atMost(LONGEST)
          .untilAsserted(() -> assertThat(me(token).text("nickname")).isEqualTo("接力"));
      assertThat(another.client().me(token).text("nickname")).isEqualTo("接力");
    }
  }

  @Test
  void the_newest_word_counts() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).errcode(-1).always());
    rename(token, "第一");
    assertThat(review(rename(token, "第二"))).isEqualTo("nickname in-review 第二");
    studio.simulator.clearFaults();

    shownLater(token, "第二", FIRST_PAUSE);
    studio.clock.advance(Duration.ofHours(1));
    studio.reviewDueContent();
    assertThat(me(token).text("nickname")).isEqualTo("第二");
  }

  @Test
  void a_nickname_that_was_cleared_meanwhile_stays_cleared() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).errcode(-1).always());
    rename(token, "收回");
    Answer cleared = studio.client.postMe(token, Client.json("nickname", null)).has(200);
    assertThat(review(cleared)).isEmpty();
    studio.simulator.clearFaults();

    studio.clock.advance(Duration.ofHours(1));
    studio.reviewDueContent();

    assertThat(me(token).text("nickname")).isNull();
  }

  @Test
  void an_avatar_is_in_review_until_wechat_pushes_its_result() {
    String token = logIn(Studio.REVIEWING);

    Answer answer = upload(token);

    assertThat(answer.text("avatarUrl")).isNull();
    assertThat(review(answer)).isEqualTo("avatarUrl in-review null");
    assertThat(answer.text()).as("its address").doesNotContain("/avatars/", key(token));
    String url = shownAvatar(token);
    assertThat(url).isEqualTo(studio.server.uri() + "/avatars/" + key(token));
    Answer picture = get(url).has(200);
    assertThat(picture.header("Content-Type").orElseThrow()).isIn("image/jpeg", "image/png");
  }

  private Answer get(String url) {
    return studio.client.get(url.substring(studio.server.uri().toString().length()));
  }

  /** The key of the newest picture of the token's user. */
  private String key(String token) {
    List<String> keys =
        Dump.of(studio.database)
            .column(
                "SELECT avatar_key FROM avatars WHERE user_id = UNHEX(?)"
                    + " ORDER BY added_at DESC, avatar_key LIMIT 1",
                userId(token));
    return keys.getFirst();
  }

  /** Waits for the push and returns the address that the owner is then told. */
  private String shownAvatar(String token) {
    await()
        .atMost(LONGEST)
        .until(
            () -> {
              studio.handlePushes();
              return review(me(token)).isEmpty();
            });
    return me(token).text("avatarUrl");
  }

  @Test
  void others_see_the_old_avatar_until_the_new_one_has_passed() {
    String token = logIn(Studio.REVIEWING);
    upload(token);
    String old = shownAvatar(token);
    studio.clock.advance(Duration.ofSeconds(1));

    Answer answer = upload(token, Photos.of("png", 32, 32));

    assertThat(answer.text("avatarUrl")).isEqualTo(old);
    get(old).has(200);
    String next = shownAvatar(token);
    assertThat(next).isNotEqualTo(old);
    studio.clock.advance(Duration.ofMinutes(11));
    studio.sweepAvatars();
    get(old).isProblem(404, "not-found");
    get(next).has(200);
  }

  @Test
  void a_result_that_is_pushed_before_the_answer_is_not_lost() {
    studio.simulator.settings(usual.withPushBeforeAnswer(true));
    String token = logIn(Studio.REVIEWING);

    assertThat(review(upload(token))).isEqualTo("avatarUrl in-review null");

    assertThat(shownAvatar(token)).isNotNull();
  }

  @Test
  void a_result_that_is_handled_before_the_answer_waits_for_it() throws Exception {
    studio.handlePushes();
    int before = waitingPushes();
    studio.simulator.settings(usual.withPushBeforeAnswer(true));
    studio.simulator.addFault(
        Fault.on(Api.MEDIA_CHECK_ASYNC).latency(Duration.ofMillis(1500)).times(1));
    String token = logIn(Studio.REVIEWING);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Answer> answer = other.submit(() -> upload(token));
      await().atMost(LONGEST).until(() -> waitingPushes() > before);
      studio.handlePushes();
      assertThat(waitingPushes()).as("it can't be matched yet").isEqualTo(before + 1);
      assertThat(review(answer.get())).isEqualTo("avatarUrl in-review null");
    }
    studio.clock.advance(Duration.ofSeconds(1));
    studio.handlePushes();

    assertThat(me(token).text("avatarUrl")).isNotNull();
    assertThat(waitingPushes()).isEqualTo(before);
  }

  private int waitingPushes() {
    return Dump.of(studio.database)
        .count(
            "SELECT COUNT(*) FROM push_inbox WHERE app_id = ? AND handled_at IS NULL",
            Studio.REVIEWING);
  }

  @Test
  void a_refused_avatar_is_gone_after_a_while_and_its_owner_is_told() {
    studio.simulator.nextMediaVerdict(Studio.REVIEWING, Suggest.RISKY);
    String token = logIn(Studio.REVIEWING);
    upload(token);

    await()
        .atMost(LONGEST)
        .until(
            () -> {
              studio.handlePushes();
              return review(me(token)).equals("avatarUrl refused null");
            });

    assertThat(me(token).text("avatarUrl")).isNull();
    String key = key(token);
    studio.clock.advance(Duration.ofMinutes(11));
    studio.sweepAvatars();
    studio.client.get("/avatars/" + key).isProblem(404, "not-found");
  }

  @Test
  void an_avatar_that_wechat_would_have_looked_at_is_held_or_shown_by_policy() {
    studio.simulator.nextMediaVerdict(Studio.HOLDING, Suggest.REVIEW);
    String holding = logIn(Studio.HOLDING);
    upload(holding);
    await()
        .atMost(LONGEST)
        .until(
            () -> {
              studio.handlePushes();
              return studio.server.bean(ListHeldReviews.class).execute().stream()
                  .anyMatch(review -> Dump.hex(review.userId().toString()).equals(userId(holding)));
            });
    assertThat(review(me(holding))).isEqualTo("avatarUrl in-review null");

    studio.simulator.nextMediaVerdict(Studio.SHOWING, Suggest.REVIEW);
    String showing = logIn(Studio.SHOWING);
    upload(showing);
    assertThat(shownAvatar(showing)).isNotNull();
  }

  @Test
  void a_picture_that_wechat_could_not_fetch_is_sent_again() {
    studio.simulator.settings(usual.withMediaCheckDelay(Duration.ofHours(1)));
    String token = logIn(Studio.REVIEWING);
    upload(token);
    String trace = trace(token);
    long calls = studio.simulator.calls(Api.MEDIA_CHECK_ASYNC);

    studio.push(
        Studio.REVIEWING,
        PushEvent.of(PushEvent.WXA_MEDIA_CHECK)
            .with("appid", Studio.REVIEWING)
            .with("trace_id", trace)
            .with("version", 2)
            .with("detail", List.of())
            .with("errcode", -1008)
            .with("errmsg", "download failed"));

    assertThat(review(me(token))).isEqualTo("avatarUrl in-review null");
    studio.reviewDueContent();
    assertThat(studio.simulator.calls(Api.MEDIA_CHECK_ASYNC)).as("not at once").isEqualTo(calls);
    studio.simulator.settings(usual.withMediaCheckDelay(Duration.ZERO));
    studio.clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    studio.reviewDueContent();
    assertThat(studio.simulator.calls(Api.MEDIA_CHECK_ASYNC)).isEqualTo(calls + 1);
    assertThat(shownAvatar(token)).isNotNull();
  }

  private String trace(String token) {
    return Dump.of(studio.database)
        .column("SELECT trace FROM content_reviews WHERE user_id = UNHEX(?)", userId(token))
        .getFirst();
  }

  @Test
  void a_picture_whose_result_never_comes_is_sent_again() {
    studio.simulator.settings(usual.withMediaCheckDelay(Duration.ofHours(1)));
    String token = logIn(Studio.REVIEWING);
    upload(token);
    long calls = studio.simulator.calls(Api.MEDIA_CHECK_ASYNC);
    studio.simulator.settings(usual.withMediaCheckDelay(Duration.ZERO));

    studio.clock.advance(Duration.ofMinutes(36));
    studio.reviewDueContent();

    assertThat(studio.simulator.calls(Api.MEDIA_CHECK_ASYNC)).isEqualTo(calls + 1);
    assertThat(shownAvatar(token)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 61010, 44991, 45009})
  void an_avatar_that_wechat_did_not_take_is_sent_later(int errcode) {
    studio.simulator.addFault(Fault.on(Api.MEDIA_CHECK_ASYNC).errcode(errcode).always());
    String token = logIn(Studio.REVIEWING);

    assertThat(review(upload(token))).isEqualTo("avatarUrl in-review null");

    studio.simulator.clearFaults();
    studio.clock.advance(Duration.ofHours(1));
    studio.reviewDueContent();
    assertThat(shownAvatar(token)).isNotNull();
  }

  @Test
  void a_nickname_and_an_avatar_can_be_in_review_together() {
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).errcode(-1).always());
    studio.simulator.addFault(Fault.on(Api.MEDIA_CHECK_ASYNC).errcode(-1).always());
    String token = logIn(Studio.REVIEWING);
    rename(token, "双审");

    Answer answer = upload(token);

    assertThat(answer.json().get("reviews").findValuesAsText("field"))
        .containsExactlyInAnyOrder("nickname", "avatarUrl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/a.png",
        "https://qlogo.cn.example.com/a.png",
        "https://example.com/.qlogo.cn",
        "https://notqlogo.cn/a.png"
      })
  void a_picture_that_nobody_looked_at_is_refused(String url) {
    String token = logIn(Studio.REVIEWING);

    Answer refused = studio.client.postMe(token, Client.json("avatarUrl", url, "city", "厦门"));

    assertThat(refused.isProblem(400, "invalid-request").fieldsInError())
        .containsExactly("avatarUrl");
    assertThat(me(token).text("city")).as("nothing was changed").isNull();
  }

  @Test
  void wechats_own_pictures_none_and_the_present_one_are_accepted() {
    String token = logIn(Studio.REVIEWING);
    String ofWeChat = "https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132";
    upload(token);
    String own = shownAvatar(token);

    for (String url : new String[] {own, ofWeChat, ofWeChat, null}) {
      Answer answer = studio.client.postMe(token, Client.json("avatarUrl", url)).has(200);
      assertThat(answer.text("avatarUrl")).isEqualTo(url);
    }
  }

  @Test
  void nobody_can_show_a_picture_of_ours_that_is_not_theirs_or_in_review() {
    studio.simulator.settings(usual.withMediaCheckDelay(Duration.ofHours(1)));
    String token = logIn(Studio.REVIEWING);
    upload(token);
    String inReview = studio.server.uri() + "/avatars/" + key(token);
    String unchecked = studio.newLogin(Studio.APP);

    for (String someone : List.of(token, unchecked)) {
      Answer refused = studio.client.postMe(someone, Client.json("avatarUrl", inReview));
      assertThat(refused.isProblem(400, "invalid-request").fieldsInError())
          .containsExactly("avatarUrl");
    }
    studio
        .client
        .postMe(token, Client.json("avatarUrl", "/avatars/" + key(token)))
        .isProblem(400, "invalid-request");
  }
}
