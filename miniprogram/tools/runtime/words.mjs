/** The texts of WeChat's own chrome, in the language of the phone. */
const WORDS = {
  zh: { cancel: '取消', confirm: '确定', choosePicture: '选择头像', useName: '使用微信昵称', askPhone: '申请使用你的手机号', allow: '允许', refuse: '不允许', noQuota: '手机号暂时无法获取' },
  en: { cancel: 'Cancel', confirm: 'OK', choosePicture: 'Choose a picture', useName: 'Use WeChat name', askPhone: 'The mini program asks for your phone number', allow: 'Allow', refuse: 'Don’t allow', noQuota: 'No phone number at the moment' },
}

export function phoneLanguage() {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export function words() {
  return WORDS[phoneLanguage()]
}
