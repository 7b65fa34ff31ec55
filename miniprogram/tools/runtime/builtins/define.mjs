const COMMON_PROPERTIES = {
  hidden: { type: Boolean, value: false },
  ariaLabel: { type: String, value: '' },
  ariaRole: { type: String, value: '' },
  hoverClass: { type: String, value: '' },
  hoverStartTime: { type: Number, value: 0 },
  hoverStayTime: { type: Number, value: 0 },
  hoverStopPropagation: { type: Boolean, value: false },
}

/**
 * Registers a built-in component under `tag`. Its slot content goes into the host element `wx-<tag>`.
 * - `properties`: name (camelCase) → default value, which also gives the type;
 * - `create(component, element)`: builds what the host needs, once, and returns an object whose optional members are
 *   `update(data)`, called now and after each change of a property; `field`, which makes the component a form field:
 *   `{value(), reset()}`; `remember()`, called when the template's values are there, for what `reset` goes back to;
 *   `activate()`, what a tap on its label does.
 */
export function defineBuiltin(space, tag, { properties = {}, create = () => ({}) }) {
  const instances = new WeakMap()
  const refresh = (component) => {
    const instance = instances.get(component)
    if (!instance) return
    const element = component.getBackendElement()
    applyCommon(element, component.data)
    instance.update?.(component.data)
  }
  const definition = space.defineComponent({
    is: `wx-builtin-${tag}`,
    options: { virtualHost: false },
    properties: { ...COMMON_PROPERTIES, ...typed(properties) },
    observers: { '**'() { refresh(this) } },
    lifetimes: {
      created() {
        const element = this.getBackendElement()
        const instance = create(this, element)
        instances.set(this, instance)
        if (instance.field) element.phoneField = { name: () => this.data.name, ...instance.field }
        if (instance.activate) element.phoneActivate = instance.activate
        refresh(this)
      },
      attached() {
        instances.get(this).remember?.()
      },
    },
  })
  space.setGlobalUsingComponent(tag, definition)
}

/** Sends a component event that does not bubble, as those of WeChat's built-in components. */
export function emit(component, name, detail = {}) {
  component.triggerEvent(name, detail, { bubbles: false, composed: false })
}

/** Hands a value that the user changed to the component's property, so that `model:value` sees it. */
export function setProperty(component, name, value) {
  component.setData({ [name]: value })
}

/** A DOM event of an inner element must not reach the engine as an event of the component. */
export function isolate(element, ...types) {
  for (const type of types) element.addEventListener(type, (event) => event.stopPropagation())
}

function typed(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, { type: typeOf(value), value }]))
}

function typeOf(value) {
  if (value === null) return null
  return Array.isArray(value) ? Array : { string: String, number: Number, boolean: Boolean, object: Object }[typeof value]
}

function applyCommon(element, data) {
  element.toggleAttribute('hidden', data.hidden)
  if (data.ariaLabel) element.setAttribute('aria-label', data.ariaLabel)
  if (data.ariaRole) element.setAttribute('role', data.ariaRole)
}
