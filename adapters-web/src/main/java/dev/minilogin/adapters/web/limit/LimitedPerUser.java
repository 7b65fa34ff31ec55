package dev.minilogin.adapters.web.limit;

import dev.minilogin.domain.limit.LimitedUse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One user may ask this route only so often. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LimitedPerUser {
  /** What it counts as. */
  LimitedUse value();
}
