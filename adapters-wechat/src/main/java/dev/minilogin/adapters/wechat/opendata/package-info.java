/**
 * Open data (开放数据校验与解密): signed and encrypted under a person's session_key.
 *
 * <p>Pure computation: nobody is asked.
 */
package dev.minilogin.adapters.wechat.opendata;
