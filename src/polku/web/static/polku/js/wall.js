// Without this file the picture scrolls, and each card's plus ties it
import { announce } from './announce.js'

const frame = document.querySelector('[data-wall]')
const svg = frame.querySelector('svg')
const wide = svg.viewBox.baseVal.width
const legal = new Set(frame.dataset.legal.split(' '))
const cards = [...svg.querySelectorAll('[data-card]')]
const cardAt = event => document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-card]')
let hold = null

// Zoom: nought means all of it
function zoom(by) {
  const box = frame.getBoundingClientRect()
  const now = svg.getBoundingClientRect().width
  const next = by ? Math.min(Math.max(now * by, 200), wide * 3) : Math.min(box.width, wide, box.height / svg.viewBox.baseVal.height * wide)
  const [x, y] = [frame.scrollLeft + box.width / 2, frame.scrollTop + box.height / 2]
  svg.dataset.zoomed = ''
  svg.setAttribute('width', next)
  svg.removeAttribute('height')
  frame.scrollTo(x * next / now - box.width / 2, y * next / now - box.height / 2)
}
const tools = document.querySelector('[data-zoom]')
tools.hidden = false
tools.addEventListener('click', event => {
  const button = event.target.closest('[data-zoom-by]')
  if (button) zoom(Number(button.dataset.zoomBy))
})
frame.addEventListener('wheel', event => {
  if (!event.ctrlKey) return
  event.preventDefault()
  zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12)
}, { passive: false })

// The threads of the card in hand or in focus stand out
function light(card) {
  svg.toggleAttribute('data-lit', !!card)
  for (const thread of svg.querySelectorAll('.wall-lit')) thread.classList.remove('wall-lit')
  if (!card) return
  const mine = svg.querySelectorAll(`[data-ends~="${card.dataset.card}"]`)
  svg.toggleAttribute('data-lit', mine.length > 0)
  for (const thread of mine) thread.classList.add('wall-lit')
}
const lit = event => light(event.target.closest?.('[data-card]'))
for (const name of ['pointerover', 'focusin']) svg.addEventListener(name, event => hold || lit(event))
svg.addEventListener('pointerleave', () => hold || light(svg.querySelector('[data-card]:focus-within')))
svg.addEventListener('focusout', () => light(null))

// A finger scrolls; mouse and pen pull the paper, or a thread from a card
frame.dataset.pan = ''
frame.addEventListener('dragstart', event => event.preventDefault())
frame.addEventListener('pointerdown', event => {
  if (event.button || event.pointerType === 'touch') return
  if (event.target.closest('.wall-tie, .wall-socket')) return
  const card = event.target.closest('[data-card]')
  if (event.target === frame || svg.contains(event.target)) {
    hold = { card, x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop }
  }
})
function start() {
  hold.moved = true
  if (!hold.card) { frame.dataset.pan = 'moving'; return }
  if (!frame.dataset.wall) return
  for (const card of cards) {
    card.classList.toggle('wall-no', card !== hold.card && !fits(card))
  }
  hold.line = svg.appendChild(document.createElementNS(svg.namespaceURI, 'path'))
  hold.line.setAttribute('class', 'wall-drag')
}
const fits = card => legal.has(`${hold.card.dataset.kind}:${card.dataset.kind}`)
function at(x, y) {
  const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse())
  return `${point.x} ${point.y}`
}
addEventListener('pointermove', event => {
  if (!hold) return
  if (!hold.moved && Math.hypot(event.clientX - hold.x, event.clientY - hold.y) < 6) return
  if (!hold.moved) start()
  if (!hold.card) frame.scrollTo(hold.left + hold.x - event.clientX, hold.top + hold.y - event.clientY)
  if (!hold.line) return
  hold.line.setAttribute('d', `M${at(hold.x, hold.y)}L${at(event.clientX, event.clientY)}`)
  const over = cardAt(event)
  for (const card of cards) card.classList.toggle('wall-over', card === over && card !== hold.card && fits(card))
})
function release(event) {
  if (!hold) return
  const { card, line, moved } = hold
  const over = line && event.type === 'pointerup' && cardAt(event)
  if (over && over !== card) {
    if (!fits(over)) announce(frame.dataset.no)
    location.href = `${frame.dataset.wall}?from=${card.dataset.card}&to=${over.dataset.card}`
  }
  line?.remove()
  for (const one of cards) one.classList.remove('wall-no', 'wall-over')
  frame.dataset.pan = ''
  hold = null
  if (!moved) return
  // The press that ends a drag opens nothing
  addEventListener('click', still, true)
  setTimeout(() => removeEventListener('click', still, true), 0)
}
const still = event => event.preventDefault()
addEventListener('pointerup', release)
addEventListener('pointercancel', release)

// Arrows go to the nearest card on that side
const sides = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
svg.addEventListener('keydown', event => {
  const side = sides[event.key]
  const card = side && event.target.closest('[data-card]')
  if (!card) return
  event.preventDefault()
  const middle = one => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] }
  const [x, y] = middle(card)
  let best = null
  for (const other of cards) {
    const [dx, dy] = [middle(other)[0] - x, middle(other)[1] - y]
    const along = dx * side[0] + dy * side[1]
    const far = along + 3 * Math.abs(dx * side[1] + dy * side[0])
    if (along > 4 && (!best || far < best.far)) best = { other, far }
  }
  best?.other.querySelector('a').focus()
})
