package dev.minilogin.adapters.web.authentication;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.User;
import java.time.Instant;

/**
 * Who sends a request, as its token proves.
 *
 * @param session the session of the token
 * @param user its user
 * @param at when it was checked
 */
public record Caller(Session session, User user, Instant at) {}
