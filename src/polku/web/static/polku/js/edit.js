// Edit in place: Enter saves one line, Ctrl+Enter saves many, Esc leaves; focus stays with the field.
document.addEventListener('keydown', event => {
  const form = event.target.closest?.('[data-editing]')
  if (!form) return
  if (event.key === 'Escape') {
    event.preventDefault()
    form.querySelector('[data-cancel]')?.click()
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    form.requestSubmit()
  }
})

document.addEventListener('htmx:afterSwap', event => {
  const id = event.detail.target?.id || event.detail.elt?.id
  const now = id && document.getElementById(id)
  if (!now) return
  const control = now.matches('[data-editing], .conflict')
    ? now.querySelector('textarea, select, input:not([type="hidden"])')
    : now.querySelector('[data-edit]')
  control?.focus()
  control?.select?.()
})

// A page left with something written and not saved asks first.
let unsaved = null
document.addEventListener('input', event => {
  unsaved = event.target.closest?.('[data-editing], .conflict') || unsaved
})
document.addEventListener('submit', () => { unsaved = null })
document.addEventListener('htmx:responseError', event => {
  unsaved = event.target.closest?.('[data-editing], .conflict')
})
window.addEventListener('beforeunload', event => {
  if (unsaved?.isConnected) event.preventDefault()
})
