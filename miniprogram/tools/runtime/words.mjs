/** The texts of WeChat's own chrome, in the language of the phone. */
const WORDS = {
  zh: { cancel: '取消', confirm: '确定', choosePicture: '选择头像', useName: '使用微信昵称' },
  en: { cancel: 'Cancel', confirm: 'OK', choosePicture: 'Choose a picture', useName: 'Use WeChat name' },
}

export function phoneLanguage() {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export function words() {
  return WORDS[phoneLanguage()]
}
