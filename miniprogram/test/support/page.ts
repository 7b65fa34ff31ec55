import { vi } from 'vitest'
import type { Phone } from './phone'

type Data = Record<string, unknown>

/** A page or component as its module defined it, with what WeChat would add. */
export interface Mounted {
  readonly data: Data
  readonly call: (method: string, ...args: unknown[]) => unknown
  /** The names of the events that a component triggered. */
  readonly triggered: string[]
  /** The details of the same events. */
  readonly details: unknown[]
}

interface Definition extends Data {
  data?: Data
  methods?: Data
  lifetimes?: Record<string, () => void>
  observers?: Record<string, (...args: unknown[]) => void>
}

interface Instance extends Data {
  data: Data
  setData: (patch: Data) => void
  triggerEvent: (name: string, detail?: unknown) => void
}

/** Runs a module that calls Page() or Component() on this phone, and mounts what it defined. */
export async function mount(phone: Phone, module: () => Promise<unknown>): Promise<Mounted> {
  vi.resetModules()
  return mountAgain(phone, module)
}

/** The same without fresh modules: another page of the same running mini program. */
export async function mountAgain(phone: Phone, module: () => Promise<unknown>): Promise<Mounted> {
  let definition: Definition = {}
  const capture = (given: Definition) => {
    definition = given
  }
  vi.stubGlobal('wx', phone.wx)
  vi.stubGlobal('Page', capture)
  vi.stubGlobal('Component', capture)
  vi.stubGlobal('App', capture)
  await module()

  const triggered: string[] = []
  const details: unknown[] = []
  const instance: Instance = {
    ...definition,
    ...definition.methods,
    data: { ...definition.data },
    setData(patch) {
      Object.assign(this.data, JSON.parse(JSON.stringify(patch)))
    },
    triggerEvent(name, detail) {
      triggered.push(name)
      details.push(detail)
    },
  }
  return {
    data: instance.data,
    triggered,
    details,
    call: (method, ...args) => {
      const member = instance[method] ?? definition.observers?.[method] ?? definition.lifetimes?.[method]
      if (typeof member !== 'function') {
        throw new Error(`there is no ${method}`)
      }
      return (member as (...values: unknown[]) => unknown).apply(instance, args)
    },
  }
}
