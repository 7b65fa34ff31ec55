/**
 * Who somebody is and what proves it: codes of logins and plugins, session_keys, and how much of a
 * risk WeChat takes a person for.
 */
package dev.minilogin.adapters.wechat.login;
