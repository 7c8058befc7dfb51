// A journey's table under hands and keys. Without this file every cell and step has a page.
import { announce } from './announce.js'

const desk = document.querySelector('[data-journey]')
const data = desk.dataset
const all = (mark, inside = desk) => [...inside.querySelectorAll(mark)]
const part = id => document.getElementById(id)
const drawer = part('journey-drawer')
const CELL = '[data-row] > :not(:first-child)'
const waiting = new Map()
let seen = data.edits
let tag = ''
let line = Promise.resolve()
let rows, place, open, pulled

// Where a cell is: its row, and the step or stage over it
const rowOf = cell => rows.find(row => row.includes(cell))
const where = cell => {
  const { row } = cell.parentNode.dataset
  const head = row === 'stage' ? cell : rows[1][rowOf(cell).indexOf(cell)]
  return { row, step: head.dataset.step ?? '', stage: head.dataset.stage ?? '' }
}
const at = spot => spot && rows.flat().find(cell => {
  const here = where(cell)
  return here.row === spot.row && (here.step || here.stage) === (spot.step || spot.stage)
})
const linkOf = cell => cell.querySelector('a')
const textOf = link => link.dataset.text ?? (link.matches('.gap') ? '' : link.innerText.trim())

function build() {
  const table = desk.querySelector('table')
  if (!table) return
  table.setAttribute('role', 'grid')
  rows = all('[data-row]', table).map(row => [...row.cells].slice(1).flatMap(cell => Array(cell.colSpan).fill(cell)))
  for (const one of all(`${CELL}, a`, table)) one.tabIndex = -1
  ;(at(place) ?? rows[0][0]).tabIndex = 0
}
function stand(cell, quiet) {
  if (!cell) return
  for (const one of all('[tabindex="0"]', cell.closest('table'))) one.tabIndex = -1
  cell.tabIndex = 0
  place = where(cell)
  if (!quiet) cell.focus()
}
const back = () => stand(at(place))
function go(cell, down, right) {
  const row = rowOf(cell)
  const next = rows[rows.indexOf(row) + down]
  const x = right > 0 ? row.lastIndexOf(cell) + 1 : row.indexOf(cell) + right
  stand(next?.[x])
}
const onwards = cell => rowOf(cell)[rowOf(cell).lastIndexOf(cell) + 1] ?? rows[rows.indexOf(rowOf(cell)) + 1]?.[0] ?? cell

// Writing: a text in its cell; what needs more opens at the side
function edit(cell, typed) {
  const link = cell && linkOf(cell)
  if (!link || open?.cell === cell) return
  stand(cell)
  if ('add' in link.dataset) return turn('add', cell)
  if ('form' in link.dataset) return show(link.href)
  const form = part('writing').content.firstElementChild.cloneNode(true)
  const area = form.firstElementChild
  const base = textOf(link)
  if (!base && !link.matches('.gap')) area.placeholder = link.innerText
  area.ariaLabel = `${cell.parentNode.cells[0].innerText}, ${linkOf(rows[1][rowOf(cell).indexOf(cell)]).innerText}`
  area.lang = data.lang
  cell.append(form)
  cell.classList.add('cell-open')
  open = { cell, form, area, base }
  area.value = typed ?? base
  area.focus()
  if (typed == null) area.select()
}
function close(keep) {
  const { cell, form, area, base } = open
  open = null
  form.remove()
  cell.classList.remove('cell-open')
  const text = area.value.trim()
  if (keep && text !== base) put(cell, text, base)
  return cell
}
function put(cell, text, base) {
  const spot = where(cell)
  const key = Object.values(spot).join()
  const link = linkOf(cell)
  link.textContent = text || '–'
  link.dataset.text = text
  cell.classList.add('cell-unsaved')
  const fields = { ...spot, text, base: waiting.get(key)?.base ?? base, lang: data.lang }
  waiting.set(key, fields)
  send(data.write, fields, key)
}
// Names from the library, while one types meeting points
desk.addEventListener('input', ({ target }) => {
  const list = target.nextElementSibling
  if (open?.area !== target || place.row !== 'touchpoint') return
  const lines = target.value.split('\n')
  const now = lines.pop().trim().toLowerCase()
  const fit = all('#library option').map(one => one.value).filter(name => now && name.toLowerCase().includes(now))
  list.replaceChildren(...fit.slice(0, 5).map(name => {
    const button = document.createElement('button')
    Object.assign(button, { type: 'button', className: 'chip', textContent: name })
    button.onclick = () => { target.value = [...lines, name, ''].join('\n'); list.replaceChildren(); target.focus() }
    return button
  }))
})

// One after the other; what the line does not take is kept and sent again
const send = (url, fields, key) => { line = line.then(() => post(url, fields, key)); return line }
async function post(url, fields, key) {
  if (key && waiting.get(key) !== fields) return
  const body = new URLSearchParams(fields)
  body.set('seen', seen)
  body.set('csrfmiddlewaretoken', desk.querySelector('[name=csrfmiddlewaretoken]').value)
  try {
    const answer = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' } })
    const news = await answer.json()
    if (key && waiting.get(key) === fields) waiting.delete(key)
    apply(news)
    return answer.ok
  } catch {
    announce(document.body.dataset.noAnswer, true)
  }
}

// What changed, by us or by others; the cell that is being written is left alone
function apply(news) {
  seen = news.edits
  if (news.table) {
    const held = open && { spot: where(open.cell), text: open.area.value, base: open.base }
    const grid = part('journey-grid')
    const inside = grid.contains(document.activeElement)
    open = null
    grid.innerHTML = news.table
    build()
    if (held) edit(at(held.spot), held.text)
    if (open) open.base = held.base
    else if (inside) stand(at(place) ?? rows[0][0])
  }
  for (const [step, row, html] of news.cells) {
    const cell = at({ step, row })
    if (!cell || cell === open?.cell || waiting.has(Object.values(where(cell)).join())) continue
    cell.innerHTML = html
    cell.classList.remove('cell-unsaved')
    for (const link of all('a', cell)) link.tabIndex = -1
  }
  for (const [id, html] of Object.entries(news.parts)) {
    part(id).innerHTML = html
    htmx.process(part(id))
  }
  who(news.people)
  announce(news.say)
  part(news.focus)?.focus()
  if (news.go) edit(at(news.go))
}
function who(people) {
  for (const cell of all('.cell-other')) {
    cell.classList.remove('cell-other')
    cell.querySelector('[data-who]')?.remove()
  }
  for (const [step, row, words] of people) {
    const cell = at({ step, row })
    cell?.classList.add('cell-other')
    cell?.insertAdjacentHTML('beforeend', '<span class="cell-mark" data-who></span>')
    if (cell) cell.lastChild.textContent = words
  }
}
async function look() {
  if (document.hidden || !rows) return
  for (const [key, fields] of waiting) send(data.write, fields, key)
  const { step = '', row = '' } = place ?? {}
  const answer = await fetch(`${data.poll}&seen=${seen}&step=${step}&row=${row}`, { headers: { 'If-None-Match': tag }, cache: 'no-store' }).catch(() => 0)
  if (answer?.status !== 200) return
  tag = answer.headers.get('ETag')
  const news = await answer.json()
  line = line.then(() => apply(news))
}
setInterval(look, 2000)
addEventListener('beforeunload', event => { if (waiting.size || open) event.preventDefault() })

// Beside the table: all about a cell; over it: what can be done with a step or a stage
const show = href => htmx.ajax('GET', href, drawer)
function menu(cell) {
  const spot = where(cell)
  const kind = spot.row !== 'stage' && spot.step ? 'step' : 'stage'
  const box = part(`${kind}-menu`)
  const head = linkOf(kind === 'step' ? at({ ...spot, row: 'name' }) : cell)
  stand(cell, true)
  box.querySelector('[data-on]').value = spot[kind]
  box.querySelector('h2').textContent = head.innerText
  box.querySelector('[data-about]').onclick = () => { box.hidePopover(); show(head.href) }
  box.showPopover()
  const { left, bottom } = cell.getBoundingClientRect()
  box.style.left = `${Math.min(left, innerWidth - box.offsetWidth - 8)}px`
  box.style.top = `${Math.max(0, Math.min(bottom, innerHeight - box.offsetHeight - 8))}px`
  box.querySelector('button').focus()
}
const turn = (verb, cell, more) => send(data.act, { ...where(cell), verb, ...more })
desk.addEventListener('submit', event => {
  const form = event.target
  const mine = open?.form === form
  if (!mine && !('send' in form.dataset)) return
  event.preventDefault()
  if (mine) {
    const cell = close(true)
    return event.submitter ? stand(cell) : edit(onwards(cell))
  }
  const inside = drawer.contains(form)
  if (form.closest('[popover]')) { form.closest('[popover]').hidePopover(); back() }
  send(form.action, new FormData(form, event.submitter)).then(ok => { if (ok && inside) back() })
})
desk.addEventListener('click', event => {
  const { target } = event
  const cell = target.closest(CELL)
  if (target.closest('[data-leave]')) return stand(close(false))
  if (target.closest('[data-drop], #journey-drawer [data-cancel]')) {
    event.preventDefault()
    target.closest('section').remove()
    return back()
  }
  if (!cell || open?.cell === cell || event.ctrlKey || event.metaKey || target.closest('.fold')) return
  const tool = target.closest('[data-tool]')?.dataset.tool
  event.preventDefault()
  if (tool === 'menu') menu(cell)
  else if (tool) turn(tool, cell)
  else edit(cell)
})
desk.addEventListener('focusout', ({ target, relatedTarget: to }) => {
  if (to && open?.form.contains(target) && !open.form.contains(to)) close(true)
})
desk.addEventListener('focusin', ({ target }) => { if (target.matches(CELL)) stand(target, true) })
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
desk.addEventListener('keydown', event => {
  const { key, altKey: alt, shiftKey: shift, target: cell } = event
  const ctrl = event.ctrlKey || event.metaKey
  if (!cell.matches(CELL)) {
    if (open?.area !== cell) return
    if (key === 'Escape') stand(close(false))
    else if (key === 'Enter' && ctrl) open.form.requestSubmit()
    else return
    return event.preventDefault()
  }
  const undo = ctrl && { z: shift ? 'redo' : 'undo', y: 'redo' }[key]
  const row = rowOf(cell)
  if (alt && /^Arrow(Left|Right)/.test(key)) turn(key.slice(5).toLowerCase(), cell)
  else if (arrows[key]) go(cell, ...arrows[key])
  else if (key === 'Home') stand((ctrl ? rows[0] : row)[0])
  else if (key === 'End') stand((ctrl ? rows.at(-1) : row).at(-1))
  else if (key === 'Enter' && alt) show(linkOf(cell).href)
  else if (key === 'Enter' || key === 'F2') edit(cell)
  else if (key === 'ContextMenu' || (key === 'F10' && shift)) menu(cell)
  else if (key === 'Insert' || (alt && /[+=]/.test(key))) turn('add', cell)
  else if (undo) desk.querySelector(`[value=${undo}]`)?.click()
  else if (/^(Delete|Backspace)$/.test(key)) {
    const link = linkOf(cell)
    if (!('form' in link.dataset) && textOf(link)) put(cell, '', textOf(link))
  } else if (key.length === 1 && !ctrl && !alt) edit(cell, key)
  else return
  event.preventDefault()
})

// A block of cells from a spreadsheet; a cell's text to anywhere
desk.addEventListener('paste', event => {
  const text = event.clipboardData.getData('text/plain')
  const cell = open?.cell ?? event.target
  if (!cell.matches(CELL) || (open && !text.includes('\t'))) return
  event.preventDefault()
  if (open) stand(close(false))
  send(data.paste, { ...where(cell), text, lang: data.lang, lanes: all('tbody [data-row]').map(one => one.dataset.row) })
})
desk.addEventListener('copy', event => {
  if (!event.target.matches(CELL)) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', textOf(linkOf(event.target)))
})

// A step is pulled by its head before or after another
const over = event => pulled && event.target.closest(CELL)
const mark = (cell, css) => {
  for (const one of all('.drop-before, .drop-after')) one.classList.remove('drop-before', 'drop-after')
  cell?.classList.add(`drop-${css}`)
}
const side = (event, box) => event.clientX < box.left + box.width / 2 ? 'before' : 'after'
desk.addEventListener('dragstart', event => { pulled = event.target.closest('th')?.dataset.step })
desk.addEventListener('dragover', event => {
  const cell = over(event)
  if (!cell) return
  event.preventDefault()
  mark(cell, side(event, cell.getBoundingClientRect()))
})
desk.addEventListener('drop', event => {
  const cell = over(event)
  if (!cell) return
  event.preventDefault()
  const { step, stage } = where(cell)
  turn(step ? side(event, cell.getBoundingClientRect()) : 'stage', cell, { step: pulled, by: step || stage })
})
desk.addEventListener('dragend', () => { pulled = null; mark() })
build()
if (rows) who(JSON.parse(data.people))
