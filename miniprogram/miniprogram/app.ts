import { texts } from './i18n/index'

const HOME_TAB = 0
const PROFILE_TAB = 1

App({
  onLaunch() {
    void wx.setTabBarItem({ index: HOME_TAB, text: texts().home.title })
    void wx.setTabBarItem({ index: PROFILE_TAB, text: texts().profile.title })
  },
})
