// Every page works without this file
import { announce } from './announce.js'

const parts = [
  ['[data-board]', './board.js'],
  ['[data-drop]', './file-drop.js'],
  ['[data-journey]', './journey.js'],
  ['[data-picture]', './picture.js'],
  ['[data-wall]', './wall.js'],
]
const wanted = parts.filter(([mark]) => document.querySelector(mark))
// Said once every part of this page listens
Promise.all(wanted.map(([, module]) => import(module))).then(() => { document.documentElement.dataset.ready = '' })

// The ways to look begin at the one that is shown
const here = document.querySelector('nav.views [aria-current]')
if (here) here.parentNode.scrollLeft = here.offsetLeft - here.parentNode.clientWidth / 3

// What the server refuses or never answers is said; what was written stays
document.addEventListener('htmx:responseError', () => announce(document.body.dataset.notSaved, true))
document.addEventListener('htmx:sendError', () => announce(document.body.dataset.noAnswer, true))
document.addEventListener('say', event => announce(event.detail.value ?? event.detail))

// An open menu closes by Escape or a press elsewhere
const menus = 'details:is(.language-menu, .export-menu)[open]'
document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
document.addEventListener('keydown', event => {
  const menu = event.key === 'Escape' && event.target.closest(menus)
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
})

// Whoever wants no single keys has no data-key on the field
const typing = 'input, textarea, select, [contenteditable]'

document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest?.(typing)) return
  const find = document.querySelector('[data-key="/"]')
  if (!find?.offsetParent) return
  event.preventDefault()
  find.focus()
  find.select()
})

document.addEventListener('keydown', event => {
  const form = event.target.closest?.('[data-editing]')
  if (!form) return
  if (event.key === 'Escape') {
    event.preventDefault()
    form.querySelector('[data-cancel]')?.click()
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    event.target.form?.requestSubmit()
  }
})

document.addEventListener('htmx:load', event => {
  const now = event.detail.elt
  if (!now.matches?.('.editable, [data-editing], .conflict')) return
  const control = now.querySelector('[data-edit], textarea, select, input:not([type="hidden"])')
  control?.focus()
  control?.select?.()
})

let unsaved = null
document.addEventListener('input', event => {
  unsaved = event.target.closest?.('[data-editing], .conflict') || unsaved
})
document.addEventListener('submit', () => { unsaved = null })
document.addEventListener('htmx:responseError', event => {
  unsaved = event.target.closest?.('[data-editing], .conflict')
})
addEventListener('beforeunload', event => {
  if (unsaved?.isConnected) event.preventDefault()
})

document.addEventListener('click', event => {
  const opener = event.target.closest('[data-dialog]')
  const dialog = opener && document.getElementById(opener.dataset.dialog)
  if (dialog?.showModal) {
    event.preventDefault()
    dialog.showModal()
  }
  event.target.closest('[data-close]')?.closest('dialog')?.close()
})

// Whoever opens what a notice is about has read it
document.addEventListener('click', event => {
  const line = event.target.closest('a') && event.target.closest('.news-new')
  const form = line && line.querySelector('form')
  if (!form) return
  fetch(form.action, {
    method: 'POST', body: new FormData(form), keepalive: true, headers: { 'X-Polku-Quiet': '1' },
  })
})

// What stays unknown at a gate is counted, since one signs for it
for (const form of document.querySelectorAll('[data-signs-for]')) {
  const count = form.querySelector('[data-signs]')
  if (!count) continue
  form.addEventListener('change', () => {
    count.textContent = form.querySelectorAll('input[value="unknown"]:checked').length
  })
}

// The slider is the twin of the day field; it asks when let go
const DAY = 86400000
const page = document.documentElement.lang
const lang = page === 'en' ? 'en-GB' : page

for (const box of document.querySelectorAll('[data-as-of]')) {
  const field = box.querySelector('input[type="date"]')
  const slider = box.querySelector('input[type="range"]')
  const first = Date.parse(slider.dataset.days)
  slider.min = 0
  slider.max = Math.round((Date.parse(slider.dataset.last) - first) / DAY)
  slider.value = Math.round((Date.parse(field.value) - first) / DAY)
  slider.parentElement.hidden = false
  slider.addEventListener('input', () => {
    field.valueAsNumber = first + slider.value * DAY
    slider.setAttribute('aria-valuetext', field.valueAsDate.toLocaleDateString(lang, { dateStyle: 'long', timeZone: 'UTC' }))
  })
  // With keys each step is a change: wait until the hand rests
  let rest
  slider.addEventListener('change', () => {
    clearTimeout(rest)
    rest = setTimeout(() => field.form.requestSubmit(), 500)
  })
}
