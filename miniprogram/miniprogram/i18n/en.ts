import type { Texts } from './index'

export const en: Texts = {
  home: {
    title: 'Home',
    heading: 'Look around first',
    lead: 'Everything on this page is open without an account. When you want to keep a profile, one tap logs you in: no form, no permission dialog.',
    busy: 'Checking your login…',
    signedIn: 'Signed in',
    signedOut: 'Not signed in',
    logIn: 'Log in',
    logOut: 'Log out',
    openProfile: 'Edit profile',
    noNickname: 'No nickname yet',
    userNumber: 'User number',
    memberSince: 'Member since',
    loggedOutLocally: 'You are logged out on this phone. The server could not be told; the session there ends by itself.',
    questionsTitle: 'About logging in',
    questions: [
      {
        question: 'What does the server learn?',
        answer:
          'The user id that WeChat gives to this mini program, and the phone’s model and system, so that you can tell your logins apart. Nickname, picture and phone number are never read by themselves: you fill in your profile, or leave it empty.',
      },
      {
        question: 'How long does it last?',
        answer:
          'The server decides. When it has run out, your next use renews it without asking you anything. After you log out, nothing logs you in again by itself.',
      },
      {
        question: 'How do I log out?',
        answer:
          'The card on this page has “Log out” while you are signed in. It forgets the login on this phone at once and ends the session on the server.',
      },
      {
        question: 'Where is my picture kept?',
        answer: 'The picture you choose stays on this phone. It is not uploaded, and you can remove it on the profile page.',
      },
    ],
    developer: {
      title: 'For developers',
      lead: 'Seen in develop versions only. Sends 20 requests at once: signed in or not, there is at most one login.',
      run: 'Send 20 requests',
      running: 'Sending…',
      result: '{ok} ok, {failed} failed, {logins} logins, {millis} ms',
    },
  },
  profile: {
    title: 'Profile',
    guestTitle: 'Log in to edit your profile',
    guestText: 'Everything in it is optional. Without a login you can go on reading the home page.',
    logIn: 'Log in',
    busy: 'Reading your profile…',
    avatar: 'Picture',
    chooseAvatar: 'Choose a picture',
    avatarOnPhone: 'The picture you choose stays on this phone. It is not uploaded.',
    avatarThisRun: 'This phone could not keep the picture: it will be gone when the mini program closes.',
    removeAvatar: 'Remove this picture',
    nickname: 'Nickname',
    nicknamePlaceholder: 'Optional, up to 32 characters',
    nicknameTooLong: 'A nickname has at most 32 characters.',
    gender: 'Gender',
    genders: ['Not given', 'Male', 'Female'],
    region: 'Region',
    regionPlaceholder: 'Optional',
    clearRegion: 'Clear the region',
    save: 'Save',
    saving: 'Saving…',
    saved: 'Saved',
    failed: 'Not saved',
  },
  errors: {
    actions: {
      'log-in': { title: 'Please log in again', text: 'Your login has ended. Log in again to go on.', button: 'Log in again' },
      'new-code': { title: 'The login did not finish', text: 'WeChat’s login code was no longer good. Another try will do.', button: 'Try again' },
      wait: { title: 'The service is busy', text: 'Please wait a moment, then try again.', button: 'Try again' },
      'fix-request': {
        title: 'This version cannot do that',
        text: 'The server did not accept the request. Update the mini program, or contact us.',
        button: 'Contact us',
      },
      blocked: { title: 'This account is blocked', text: 'It cannot log in for now. Contact us if you think that is wrong.', button: 'Contact us' },
      'contact-operator': { title: 'Something is wrong on our side', text: 'You did nothing wrong. Please contact us.', button: 'Contact us' },
    },
    network: {
      'network-offline': { title: 'Cannot reach the server', text: 'Check your network, then try again.', button: 'Try again' },
      'network-timeout': { title: 'That took too long', text: 'The network is slow or the service did not answer. Please try again.', button: 'Try again' },
      'network-lost': { title: 'The connection broke', text: 'No answer arrived. Please try again.', button: 'Try again' },
    },
    ended: {
      idle: 'It was not used for a long time.',
      expired: 'It had reached its end.',
      replaced: 'There is a newer login on this phone.',
      revoked: 'An operator ended it.',
      'signed-out': 'It was logged out.',
      'user-suspended': 'This account is suspended.',
      'account-deleted': 'This account was deleted.',
      'app-disabled': 'Logging in is switched off for this mini program.',
    },
    retryIn: 'Try again in {seconds} s',
    reference: 'Reference {id}',
  },
}
