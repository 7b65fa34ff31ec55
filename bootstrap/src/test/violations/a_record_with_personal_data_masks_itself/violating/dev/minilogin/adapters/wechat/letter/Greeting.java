package dev.minilogin.adapters.wechat.letter;

import java.net.InetAddress;

record Greeting(InetAddress ip) {}
