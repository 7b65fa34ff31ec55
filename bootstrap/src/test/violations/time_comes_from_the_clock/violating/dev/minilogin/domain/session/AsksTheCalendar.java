package dev.minilogin.domain.session;

import java.util.Calendar;

final class AsksTheCalendar {
  Calendar now() {
    return Calendar.getInstance();
  }
}
