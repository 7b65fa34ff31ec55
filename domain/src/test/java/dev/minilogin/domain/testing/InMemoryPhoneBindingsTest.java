package dev.minilogin.domain.testing;

class InMemoryPhoneBindingsTest extends InMemoryStorageFixture implements PhoneBindingsContract {}
