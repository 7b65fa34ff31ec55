/** WeChat's content security. */
package dev.minilogin.adapters.wechat.review;
