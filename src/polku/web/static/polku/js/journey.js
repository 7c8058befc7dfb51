// A journey's table under hands and keys; without this file each cell has a page of its own.
import { announce } from './announce.js'

const desk = document.querySelector('[data-journey]')
const { write, act, paste, poll, lang, edits, people } = desk.dataset
const all = mark => [...desk.querySelectorAll(mark)]
const part = id => document.getElementById(id)
const on = (name, does) => desk.addEventListener(name, does)
const waiting = new Map()
let [seen, tag, line, rows, place, open, pulled] = [edits, '', Promise.resolve(), []]

const linkOf = cell => cell.querySelector('a')
const textOf = link => link.dataset.text ?? (link.matches('.gap') ? '' : link.innerText.trim())
const rowOf = cell => rows.find(row => row.includes(cell))
// A column of a folded stage, or of one without steps, has cells only in the heads
const real = row => row?.filter(one => one.id) ?? []
const headOf = (cell, row = rowOf(cell), n = row.indexOf(cell)) => rows[+(row !== rows[0] && rows[1][n].draggable)][n]
const cellAt = event => event.target.closest('[data-row] > [id]')
const beside = (cell, down, right) => {
  const row = rowOf(cell)
  if (down) return rows[rows.indexOf(row) + down]?.[row.indexOf(cell)]
  return real(row)[right > 0 ? real(row).lastIndexOf(cell) + 1 : real(row).indexOf(cell) - 1]
}
function build() {
  rows = all('[data-row]').map(row => [...row.cells].slice(1).flatMap(cell => Array(cell.colSpan).fill(cell)))
  desk.querySelector('table')?.setAttribute('role', 'grid')
  for (const one of all('table a, [data-row] > [id]')) one.tabIndex = -1
  const first = part(place) ?? rows[0]?.[0]
  if (first) first.tabIndex = 0
}
function stand(cell) {
  if (!cell?.id) return
  for (const one of all('table [tabindex="0"]')) one.tabIndex = -1
  cell.tabIndex = 0
  place = cell.id
  cell.focus()
}

function edit(cell, typed) {
  const link = cell && linkOf(cell)
  if (!link || open?.cell === cell) return
  stand(cell)
  const { add, form: side } = link.dataset
  if (add != null) return turn('add', cell)
  if (side != null) return show(link)
  const form = part('writing').content.firstElementChild.cloneNode(true)
  const area = form.firstElementChild
  const base = textOf(link)
  if (!link.matches('.gap')) area.placeholder = link.innerText
  area.ariaLabel = `${cell.parentNode.cells[0].innerText}, ${linkOf(headOf(cell)).innerText}`
  area.lang = lang
  form.querySelector('[list]').hidden = !/^touch/.test(place)
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
  if (keep && area.value.trim() !== base) put(cell, area.value.trim(), base)
  return cell
}
function put({ id: at }, text, base) {
  const fields = { at, text, base: waiting.get(at)?.base ?? base, lang }
  waiting.set(at, fields)
  draw(fields)
  send(write, fields)
}
function draw({ at, text }) {
  const cell = part(at)
  const link = cell && linkOf(cell)
  if (!link) return
  link.textContent = text || '–'
  link.dataset.text = text
  cell.classList.add('cell-unsaved')
}

// What the line does not take is kept and sent again
const send = (url, fields) => { line = line.then(() => post(url, fields)) }
async function post(url, fields) {
  if (url === write && waiting.get(fields.at) !== fields) return
  const body = fields.append ? fields : new URLSearchParams(fields)
  body.set('seen', seen)
  body.set('csrfmiddlewaretoken', desk.querySelector('[name^=csrf]').value)
  try {
    const answer = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' } })
    const news = await answer.json()
    if (waiting.get(fields.at) === fields) waiting.delete(fields.at)
    apply(news)
  } catch {
    announce(document.body.dataset.noAnswer, true)
  }
}

// What changed, by us or by others
function apply(news) {
  seen = news.edits
  if (news.table) {
    const held = open
    const inside = document.activeElement.closest('table')
    open = null
    part('journey-grid').innerHTML = news.table
    build()
    waiting.forEach(draw)
    if (held) edit(part(held.cell.id), held.area.value)
    if (open) open.base = held.base
    else if (inside) stand(part(place) ?? rows[0][0])
  }
  for (const [id, html] of news.cells) {
    const cell = part(id)
    if (!cell || cell === open?.cell || waiting.has(id)) continue
    cell.innerHTML = html
    cell.classList.remove('cell-unsaved')
    for (const one of cell.querySelectorAll('a')) one.tabIndex = -1
  }
  for (const id in news.parts) {
    part(id).innerHTML = news.parts[id]
    htmx.process(part(id))
  }
  who(news.people)
  announce(news.say)
  const to = part(news.focus)
  rowOf(to) ? stand(to) : to?.focus()
  if (news.go) edit(part(news.go))
}
function who(people) {
  for (const one of all('[data-who]')) {
    one.parentNode.classList.remove('cell-other')
    one.remove()
  }
  for (const [id, html] of people) {
    part(id)?.classList.add('cell-other')
    part(id)?.insertAdjacentHTML('beforeend', html)
  }
}
setInterval(async () => {
  if (document.hidden) return
  for (const fields of waiting.values()) send(write, fields)
  const since = seen
  const answer = await fetch(`${poll}&seen=${seen}&at=${place ?? ''}`, { headers: { 'If-None-Match': tag }, cache: 'no-store' }).catch(() => 0)
  if (answer.status !== 200) return
  const news = await answer.json()
  line = line.then(() => {
    if (since !== seen) return // overtaken
    tag = answer.headers.get('ETag')
    apply(news)
  })
}, 2000)
addEventListener('beforeunload', event => { if (waiting.size || open) event.preventDefault() })

const show = link => link.matches('.fold') ? waiting.size || link.click() : htmx.ajax('GET', link.href, part('journey-drawer'))
const turn = (verb, cell) => send(act, { at: cell.id, verb })
function menu(cell) {
  const head = headOf(cell)
  const box = part(head.draggable ? 'step-menu' : 'stage-menu')
  stand(cell)
  box.querySelector('[name=at]').value = head.id
  box.querySelector('h2').textContent = linkOf(head).innerText
  box.querySelector('[data-about]').onclick = () => { box.hidePopover(); show(linkOf(head)) }
  box.showPopover({ source: cell })
  box.querySelector('button').focus()
}
on('submit', event => {
  const form = event.target
  if (open?.form === form) {
    const cell = close(true)
    const next = beside(cell, 0, 1) ?? real(rows[rows.indexOf(rowOf(cell)) + 1])[0]
    event.submitter || !next ? stand(cell) : edit(next)
  } else if (form.matches('[data-send]')) {
    form.closest('[popover]')?.hidePopover()
    send(form.action, new FormData(form, event.submitter))
  } else return
  event.preventDefault()
})
on('change', ({ target }) => {
  if (!target.list) return
  open.area.value += `\n${target.value}`
  target.value = ''
})
on('click', event => {
  const { target } = event
  const cell = cellAt(event)
  const tool = target.closest('[data-tool]')?.dataset.tool
  if (target.closest('[data-leave]')) stand(close())
  else if (target.closest('[data-cancel]')) {
    target.closest('section').remove()
    stand(part(place))
  } else if (!cell || open?.cell === cell || event.ctrlKey || event.metaKey || target.closest('.fold')) return
  else if (tool === 'menu') menu(cell)
  else if (tool) turn(tool, cell)
  else edit(cell)
  event.preventDefault()
})
on('focusout', ({ target, relatedTarget: to }) => {
  if (to && open?.form.contains(target) && !open.form.contains(to)) close(true)
})
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
on('keydown', event => {
  const { key, altKey: alt, shiftKey: shift, target: cell } = event
  const ctrl = event.ctrlKey || event.metaKey
  const row = rowOf(cell)
  const link = row && linkOf(cell)
  const fold = row && cell.querySelector('.fold')
  const turning = ctrl && { z: shift ? 'redo' : 'undo', y: 'redo' }[key]
  if (!row) {
    if (!open?.form.contains(cell)) return
    if (key === 'Escape') stand(close())
    else if (open.area !== cell || key !== 'Enter') return
    else if (ctrl) open.form.requestSubmit()
    else if (open.cell.matches('th')) stand(close(true))
    else return
  } else if (alt && /^Arrow[LR]/.test(key)) turn(key.slice(5).toLowerCase(), cell)
  else if (arrows[key]) stand(beside(cell, ...arrows[key]))
  else if (/^(Home|End)$/.test(key)) stand(real(ctrl ? rows.flat() : row).at(key === 'End' ? -1 : 0))
  else if (key === 'Enter' && alt) show(link)
  else if (key === ' ' && fold) waiting.size || fold.click()
  else if (key === 'Enter' || key === 'F2') edit(cell)
  else if (key === 'ContextMenu' || (key === 'F10' && shift)) menu(cell)
  else if (key === 'Insert' || (alt && /[+=]/.test(key))) turn('add', cell)
  else if (turning) desk.querySelector(`[value=${turning}]`)?.click()
  else if (key === 'Delete' || key === 'Backspace') link.matches('[data-form], .gap') || put(cell, '', textOf(link))
  else if (key.length === 1 && !ctrl && !alt) edit(cell, key)
  else return
  event.preventDefault()
})

// Cells from a spreadsheet, and to one
on('paste', event => {
  const text = event.clipboardData.getData('text')
  const cell = open?.cell ?? event.target
  if (!rowOf(cell) || (open && !text.includes('\t'))) return
  event.preventDefault()
  if (open) stand(close())
  send(paste, { at: cell.id, text, lang, lanes: all('[data-row]').map(one => one.dataset.row) })
})
on('copy', event => {
  if (!rowOf(event.target)) return
  event.preventDefault()
  event.clipboardData.setData('text', textOf(linkOf(event.target)))
})

function over(event, drop) {
  const cell = pulled && cellAt(event)
  for (const one of all('[data-side]')) delete one.dataset.side
  if (!cell) return
  event.preventDefault()
  const { left, width } = cell.getBoundingClientRect()
  const side = event.clientX < left + width / 2 ? 'before' : 'after'
  if (drop) send(act, { at: pulled, verb: side, by: cell.id })
  else cell.dataset.side = side
}
on('dragstart', ({ target }) => { pulled = target.closest('[draggable]')?.id })
on('dragover', event => over(event))
on('drop', event => over(event, true))
on('dragend', event => over(event, pulled = ''))
build()
if (rowOf(part(location.hash.slice(1)))) stand(part(location.hash.slice(1)))
who(JSON.parse(people))
