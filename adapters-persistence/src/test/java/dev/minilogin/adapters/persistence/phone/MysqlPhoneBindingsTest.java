package dev.minilogin.adapters.persistence.phone;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.PhoneBindingsContract;

class MysqlPhoneBindingsTest implements PhoneBindingsContract, MysqlStorage {}
