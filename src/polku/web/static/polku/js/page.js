// Every page works without this file; it makes the ways shorter.
import { announce } from './announce.js'
import './keys.js'
import './edit.js'
import './dialogs.js'

const parts = [
  ['[data-as-of]', './as-of.js'],
  ['[data-board]', './board.js'],
  ['[data-drop]', './file-drop.js'],
  ['[data-journey]', './journey.js'],
  ['[data-news]', './news.js'],
  ['[data-picture]', './picture.js'],
  ['[data-signs-for]', './gate.js'],
  ['[data-wall]', './wall.js'],
]
const wanted = parts.filter(([mark]) => document.querySelector(mark))
// Said once every part of this page listens
Promise.all(wanted.map(([, module]) => import(module))).then(() => { document.documentElement.dataset.ready = '' })

// On a telephone the line of ways to look begins at the one that is shown
const here = document.querySelector('nav.views [aria-current]')
if (here) here.parentNode.scrollLeft = here.offsetLeft - here.parentNode.clientWidth / 3

// What the server refuses or never answers is said, and what was written stays where it is.
document.addEventListener('htmx:responseError', () => announce(document.body.dataset.notSaved, true))
document.addEventListener('htmx:sendError', () => announce(document.body.dataset.noAnswer, true))
document.addEventListener('say', event => announce(event.detail.value ?? event.detail))

// A menu that is open closes when the eye moves on: Escape, or a press elsewhere.
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
