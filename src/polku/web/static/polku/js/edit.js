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

document.addEventListener('htmx:load', event => {
  const now = event.detail.elt
  if (!now.matches?.('.editable, [data-editing], .conflict')) return
  const control = now.querySelector('[data-edit], textarea, select, input:not([type="hidden"])')
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
