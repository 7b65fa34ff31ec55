/* global Path2D */
import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { ApiFailure } from '../api-failure.mjs'
import { h } from '../dom.mjs'
import { createTemporaryFile } from '../files.mjs'
import { words } from '../words.mjs'
import { defineBuiltin, emit } from './define.mjs'
import { resetForm, submitForm } from './form.mjs'

const ERRNO_NO_QUOTA = 1400001

/** The pictures that the chooseAvatar sheet offers; shapes are SVG paths on 132 by 132 pixels. */
const AVATARS = [
  { label: 'Sunrise', from: '#ff9a56', to: '#ff5f8f', shape: 'M26 96a40 40 0 0 1 80 0z' },
  { label: 'Forest', from: '#3ad29f', to: '#12806a', shape: 'M66 24 100 88H74v20H58V88H32z' },
  { label: 'Night', from: '#5b6ef5', to: '#2b2f77', shape: 'M80 28a40 40 0 1 0 26 58A34 34 0 0 1 80 28z' },
]

export function defineButton(space, services) {
  defineBuiltin(space, 'button', {
    properties: { type: 'default', size: 'default', plain: false, disabled: false, loading: false, formType: '', openType: '', name: '', lang: 'en', phoneNumberNoQuotaToast: true },
    create(component, element) {
      element.setAttribute('role', 'button')
      element.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' || event.key === ' ') glassEasel.triggerEvent(component, 'tap', {}, { bubbles: true, composed: true })
      })
      component.addListener('tap', () => {
        if (component.data.disabled) return
        if (component.data.formType === 'submit') submitForm(element)
        if (component.data.formType === 'reset') resetForm(element)
        void openCapability(component, services)
      })
      return {
        activate: () => element.click(),
        update(data) {
          for (const look of ['type', 'size', 'plain', 'loading']) element.setAttribute(`button-${look}`, String(data[look]))
          element.toggleAttribute('disabled', data.disabled)
          element.setAttribute('aria-disabled', String(data.disabled))
          element.tabIndex = data.disabled ? -1 : 0
        },
      }
    },
  })
}

/** `open-type`: what WeChat does on a tap besides the tap itself. */
async function openCapability(component, services) {
  if (component.data.openType === 'chooseAvatar') {
    const files = AVATARS.map((avatar) => ({ ...avatar, data: draw(avatar) }))
    const items = files.map(({ label, data }) => h('img', { src: data, alt: label }))
    const chosen = await services.overlays.showSheet(items, { title: words().choosePicture, className: 'phone-avatars' })
    if (chosen >= 0) emit(component, 'chooseavatar', { avatarUrl: createTemporaryFile(files[chosen].data, 'png') })
  }
  if (component.data.openType === 'getPhoneNumber') {
    emit(component, 'getphonenumber', await getPhoneNumber(component, services))
  }
}

/** The code's five minutes begin at the tap, not at the user's yes: so it is asked for first. */
async function getPhoneNumber(component, { overlays, phoneNumber }) {
  try {
    const { code, encryptedData, iv } = await phoneNumber(false)
    const { askPhone, allow, refuse } = words()
    const denied = (await overlays.showSheet([allow], { title: askPhone, cancelText: refuse })) < 0
    return denied ? await phoneNumber(true) : { code, encryptedData, iv, errMsg: 'getPhoneNumber:ok' }
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    if (error.errno === ERRNO_NO_QUOTA && component.data.phoneNumberNoQuotaToast) overlays.showToast({ title: words().noQuota, icon: 'none' })
    return error.describe('getPhoneNumber')
  }
}

function draw({ from, to, shape }) {
  const size = 132
  const canvas = h('canvas', { width: size, height: size })
  const context = canvas.getContext('2d')
  const gradient = context.createLinearGradient(0, 0, size, size)
  gradient.addColorStop(0, from)
  gradient.addColorStop(1, to)
  context.fillStyle = gradient
  context.fillRect(0, 0, size, size)
  context.fillStyle = '#ffffff'
  context.fill(new Path2D(shape))
  return canvas.toDataURL('image/png')
}
